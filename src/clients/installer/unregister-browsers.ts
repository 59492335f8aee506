import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import { browserIds, type BrowserId } from './browsers.ts';
import {
  digestOf,
  readRecord,
  recordFile,
  sameSlot,
  writeRecord,
  type InstallRecord,
  type RecordedItem,
} from './install-record.ts';
import { browserEntry, type Installation } from './installation.ts';
import type { Stores } from './store.ts';
import { removeContainers, withInstallation, type Finished } from './with-installation.ts';

/** `notOurs`: what we wrote was changed since; it was left alone and is not ours any more. */
export type UnregisterOutcome = 'unregistered' | 'notRegistered' | 'notOurs';

export interface UnregisterResult {
  readonly browser: BrowserId;
  readonly client: ClientKind;
  readonly outcome: UnregisterOutcome;
  /** The file or registry key that the browser reads; for `notOurs` the one that was left. */
  readonly place: string;
}

interface Removal {
  readonly item: RecordedItem;
  readonly outcome: 'removed' | 'gone' | 'left' | 'failed';
}

/**
 * Removes from browsers what registering wrote and nothing else; folders and registry keys that it made go too, where
 * they are empty. Nothing is done where nothing is registered.
 * @throws InstallerError `busy`, `recordDamaged`, `registryRefused`, or the file system's error; what could not be
 * removed is still in the record then, so that another run can end the work.
 */
export async function unregisterBrowsers(
  installation: Installation,
  stores: Stores,
  browsers: readonly BrowserId[],
): Promise<UnregisterResult[]> {
  if ((await stores.file.read(recordFile(installation))) === 'absent') {
    return describe(installation, browsers, []);
  }
  return withInstallation(installation, stores, async (made): Promise<Finished<UnregisterResult[]>> => {
    const record = await readRecord(installation, stores.file);
    const removals: Removal[] = [];
    const failures: unknown[] = [];
    for (const item of chosenItems(record, browsers)) {
      const outcome = await removeItem(stores, item).catch((error: unknown) => {
        failures.push(error);
        return 'failed' as const;
      });
      removals.push({ item, outcome });
    }
    const gone = removals.filter(({ outcome }) => outcome !== 'failed').map(({ item }) => item);
    const items = record.items.filter((item) => !gone.some((each) => sameSlot(each, item)));
    const containers = [...record.containers, ...made];
    const isUsed = items.length > 0;
    const rest = { ...record, items, containers: isUsed ? await removeContainers(stores, containers) : [] };
    await writeRecord(installation, stores.file, rest);
    if (failures.length > 0) throw failures[0];
    return { result: describe(installation, browsers, removals), unused: isUsed ? [] : containers };
  });
}

/** Those of the browsers, and those for every browser whose client no browser uses any more. */
function chosenItems(record: InstallRecord, browsers: readonly BrowserId[]): RecordedItem[] {
  const isChosen = (browser: BrowserId) => browsers.includes(browser);
  const isUsed = (client: ClientKind) =>
    record.items.some((item) => item.client === client && item.browser !== null && !isChosen(item.browser));
  return record.items
    .filter(({ browser, client }) => (browser === null ? !isUsed(client) : isChosen(browser)))
    .toSorted((left, right) => orderOf(left) - orderOf(right));
}

/** No browser is to find a registration whose program is gone. */
const orderOf = ({ browser }: RecordedItem) => (browser === null ? browserIds.length : 0);

async function removeItem(stores: Stores, { store, id, digests }: RecordedItem): Promise<Removal['outcome']> {
  const found = await stores[store].read(id);
  if (found === 'absent') return 'gone';
  if (found === 'obstacle' || !digests.includes(digestOf(found.content))) return 'left';
  await stores[store].remove(id, found.content);
  return 'removed';
}

function describe(
  installation: Installation,
  browsers: readonly BrowserId[],
  removals: readonly Removal[],
): UnregisterResult[] {
  return browsers.flatMap((browser) =>
    clientKinds.map((client): UnregisterResult => {
      const own = removals.find(({ item }) => item.browser === browser && item.client === client);
      const shared = removals.find(({ item }) => item.browser === null && item.client === client);
      const left = [own, shared].find((removal) => removal?.outcome === 'left');
      const place = left?.item.id ?? browserEntry(installation, browser, client);
      if (left !== undefined) return { browser, client, outcome: 'notOurs', place };
      return {
        browser,
        client,
        outcome: own?.outcome === 'removed' ? 'unregistered' : 'notRegistered',
        place,
      };
    }),
  );
}
