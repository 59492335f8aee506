import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import type { BrowserId } from './browsers.ts';
import type { ClientPrograms } from './client-programs.ts';
import { codeOf } from './file-store.ts';
import {
  digestOf,
  readRecord,
  sameSlot,
  writeRecord,
  type InstallRecord,
  type RecordedContainer,
  type RecordedItem,
} from './install-record.ts';
import type { Installation } from './installation.ts';
import type { Store, StoredContent, Stores } from './store.ts';
import { createUndoLog } from './undo-log.ts';
import { wantedItems, type WantedItem } from './wanted-items.ts';
import { withInstallation, type Finished } from './with-installation.ts';

/** `notOurs`: at the place is something that we did not write, or that was changed since; it was left alone. */
export type RegisterOutcome = 'registered' | 'updated' | 'unchanged' | 'notOurs';

export interface RegisterResult {
  readonly browser: BrowserId;
  readonly client: ClientKind;
  readonly outcome: RegisterOutcome;
  /** The file or registry key that the browser reads; for `notOurs` the one that is in the way. */
  readonly place: string;
}

interface Step {
  readonly item: WantedItem;
  readonly action: 'keep' | 'create' | 'replace' | 'refuse';
  readonly before: StoredContent | undefined;
}

/**
 * Registers both clients with browsers. What is there already stays untouched, and so does everything that we did not
 * write: such a client is reported as `notOurs` and the others are registered all the same.
 * @throws InstallerError `busy`, `recordDamaged`, `registryRefused`, or the file system's error; all that this run
 * wrote is taken back then, and `rollbackIncomplete` tells when that was not possible.
 */
export function registerBrowsers(
  installation: Installation,
  stores: Stores,
  programs: ClientPrograms,
  browsers: readonly BrowserId[],
): Promise<RegisterResult[]> {
  return withInstallation(installation, stores, async (made): Promise<Finished<RegisterResult[]>> => {
    const record = await readRecord(installation, stores.file);
    const steps = await planSteps(stores, record, wantedItems(installation, programs, browsers));
    const written = await carryOut(installation, stores, record, steps, made);
    return { result: describe(browsers, steps), unused: written ? [] : made };
  });
}

async function planSteps(stores: Stores, record: InstallRecord, wanted: WantedItem[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const item of wanted) {
    const found = await stores[item.store].read(item.id);
    const recorded = record.items.find((each) => sameSlot(each, item));
    const before = typeof found === 'object' ? found : undefined;
    steps.push({ item, before, action: actionFor(item, found, recorded) });
  }
  return steps.filter(({ item }) => item.browser !== null || isNeeded(steps, item.client));
}

/** What is byte for byte what we would write counts as ours, so that a lost record can be made good. */
function actionFor(
  item: WantedItem,
  found: StoredContent | 'absent' | 'obstacle',
  recorded: RecordedItem | undefined,
): Step['action'] {
  if (found === 'absent') return 'create';
  if (found === 'obstacle') return 'refuse';
  if (found.content.equals(item.value.content)) {
    return item.value.executable && !found.executable ? 'replace' : 'keep';
  }
  return recorded?.digests.includes(digestOf(found.content)) === true ? 'replace' : 'refuse';
}

/** A part that serves every browser is of use when a browser takes it. */
function isNeeded(steps: readonly Step[], client: ClientKind): boolean {
  return steps.some(
    ({ item, action }) => item.client === client && item.browser !== null && action !== 'refuse',
  );
}

/** The part that a client's registrations refer to, when that one is not ours. */
function obstacleOf(steps: readonly Step[], client: ClientKind): Step | undefined {
  return steps.find(
    ({ item, action }) => item.client === client && item.browser === null && action === 'refuse',
  );
}

/** Gives false when there was nothing to record. */
async function carryOut(
  installation: Installation,
  stores: Stores,
  record: InstallRecord,
  steps: readonly Step[],
  made: readonly RecordedContainer[],
): Promise<boolean> {
  const taken = steps.filter(
    ({ item, action }) => action !== 'refuse' && obstacleOf(steps, item.client) === undefined,
  );
  const missing = await missingContainers(stores, taken);
  let containers = joinContainers(record.containers, made);
  const undo = createUndoLog();
  try {
    undo.add('install record', () => writeRecord(installation, stores.file, record));
    const announced = joinContainers(containers, missing);
    const merged = mergeItems(record, taken, true);
    if (merged.length === 0) return false;
    await writeRecord(installation, stores.file, { format: 1, items: merged, containers: announced });
    for (const container of missing) {
      const store = stores[container.store];
      if (!(await store.makeContainer(container.id))) continue;
      containers = joinContainers(containers, [container]);
      undo.add(container.id, () => store.removeContainer(container.id));
    }
    for (const step of taken) await takeStep(stores, step, undo.add);
    await writeRecord(installation, stores.file, {
      format: 1,
      items: mergeItems(record, taken, false),
      containers,
    });
    return true;
  } catch (error) {
    return undo.undoAfter(error);
  }
}

async function takeStep(
  stores: Stores,
  { item, action, before }: Step,
  undo: (what: string, step: () => Promise<unknown>) => void,
): Promise<void> {
  const store = stores[item.store];
  if (action === 'create') {
    if (!(await createOrFind(store, item))) return;
    undo(item.id, () => store.remove(item.id, item.value.content));
  } else if (action === 'replace' && before !== undefined) {
    await store.replace(item.id, item.value);
    undo(item.id, () => store.replace(item.id, before));
  }
}

/** False when the very same is there meanwhile: two browsers' folders may be one, by a link. */
async function createOrFind(store: Store, { id, value }: WantedItem): Promise<boolean> {
  try {
    await store.create(id, value);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const found = await store.read(id);
    if (typeof found === 'object' && found.content.equals(value.content)) return false;
    throw error;
  }
}

async function missingContainers(stores: Stores, steps: readonly Step[]): Promise<RecordedContainer[]> {
  let missing: RecordedContainer[] = [];
  for (const { item } of steps.filter(({ action }) => action === 'create')) {
    const ids = await stores[item.store].missingContainers(item.id);
    missing = joinContainers(
      missing,
      ids.map((id) => ({ store: item.store, id })),
    );
  }
  return missing;
}

function joinContainers(
  known: readonly RecordedContainer[],
  more: readonly RecordedContainer[],
): RecordedContainer[] {
  return [...known, ...more.filter((container) => !known.some((each) => sameSlot(each, container)))];
}

/** The record's items after the steps; `during` them what was there before counts as ours too. */
function mergeItems(record: InstallRecord, steps: readonly Step[], during: boolean): RecordedItem[] {
  const items = [...record.items];
  for (const { item, before } of steps) {
    const { store, id, client, browser, requires, value } = item;
    const digests = new Set([digestOf(value.content)]);
    if (during && before !== undefined) digests.add(digestOf(before.content));
    const entry: RecordedItem = { store, id, digests: [...digests], client, browser, requires };
    const index = items.findIndex((each) => sameSlot(each, item));
    items.splice(index === -1 ? items.length : index, index === -1 ? 0 : 1, entry);
  }
  return items;
}

function describe(browsers: readonly BrowserId[], steps: readonly Step[]): RegisterResult[] {
  return browsers.flatMap((browser) =>
    clientKinds.flatMap((client): RegisterResult[] => {
      const own = steps.find(({ item }) => item.browser === browser && item.client === client);
      if (own === undefined) return [];
      const shared = steps.find(({ item }) => item.browser === null && item.client === client);
      const refused = [own, shared].find((step) => step?.action === 'refuse');
      const place = (refused ?? own).item.id;
      const isDone = own.action === 'keep' && (shared === undefined || shared.action === 'keep');
      const outcome = own.action === 'create' ? 'registered' : isDone ? 'unchanged' : 'updated';
      return [{ browser, client, outcome: refused === undefined ? outcome : 'notOurs', place }];
    }),
  );
}
