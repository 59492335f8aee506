import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import { browserIds, type BrowserId } from './browsers.ts';
import { InstallerError } from './installer-error.ts';
import type { Installation } from './installation.ts';
import type { Store, StoreKind } from './store.ts';

/** One file or registry value that we wrote. */
export interface RecordedItem {
  readonly store: StoreKind;
  readonly id: string;
  /** SHA-256, hexadecimal, of what we wrote; two while one is being replaced by the other. */
  readonly digests: readonly string[];
  readonly client: ClientKind;
  /** `null` when it serves every browser. */
  readonly browser: BrowserId | null;
  /** Files without which it is of no use. */
  readonly requires: readonly string[];
}

/** A folder or registry key that we made. */
export interface RecordedContainer {
  readonly store: StoreKind;
  readonly id: string;
}

/**
 * What the installer wrote in one scope, kept as JSON in the data folder. It is written before the first file and
 * after the last, so that a run that was killed is known to the next.
 */
export interface InstallRecord {
  readonly format: 1;
  readonly items: readonly RecordedItem[];
  readonly containers: readonly RecordedContainer[];
}

export const emptyRecord: InstallRecord = { format: 1, items: [], containers: [] };

export function recordFile({ dataFolder }: Installation): string {
  return join(dataFolder, 'installed.json');
}

export function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export function sameSlot(
  left: Pick<RecordedItem, 'store' | 'id'>,
  right: Pick<RecordedItem, 'store' | 'id'>,
): boolean {
  return left.store === right.store && left.id === right.id;
}

/** Reads the record; an empty one when there is none. @throws InstallerError `recordDamaged` */
export async function readRecord(installation: Installation, files: Store): Promise<InstallRecord> {
  const file = recordFile(installation);
  const stored = await files.read(file);
  if (stored === 'absent') return emptyRecord;
  const record = stored === 'obstacle' ? undefined : parseRecord(stored.content.toString('utf8'));
  if (record === undefined) throw new InstallerError('recordDamaged', file);
  return record;
}

/** Writes the record, or removes its file when there is nothing to tell. Writes nothing that is there already. */
export async function writeRecord(
  installation: Installation,
  files: Store,
  record: InstallRecord,
): Promise<void> {
  const file = recordFile(installation);
  const before = await files.read(file);
  if (record.items.length === 0) {
    if (typeof before === 'object') await files.remove(file, before.content);
    return;
  }
  const content = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
  if (typeof before === 'object' && before.content.equals(content)) return;
  await files.replace(file, { content, executable: false });
}

function parseRecord(text: string): InstallRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is InstallRecord {
  return (
    isObject(value) &&
    value['format'] === 1 &&
    isListOf(value['items'], isItem) &&
    isListOf(value['containers'], isSlot)
  );
}

function isItem(value: unknown): value is RecordedItem {
  return (
    isObject(value) &&
    isSlot(value) &&
    isListOf(value['digests'], isText) &&
    isListOf(value['requires'], isText) &&
    clientKinds.some((kind) => kind === value['client']) &&
    [...browserIds, null].some((browser) => browser === value['browser'])
  );
}

function isSlot(value: unknown): value is RecordedContainer {
  return isObject(value) && (value['store'] === 'file' || value['store'] === 'key') && isText(value['id']);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isListOf = <T>(value: unknown, isEntry: (entry: unknown) => entry is T): value is T[] =>
  Array.isArray(value) && value.every(isEntry);
