import { join } from 'node:path';
import { codeOf } from './file-store.ts';
import { recordFile, type RecordedContainer } from './install-record.ts';
import type { Installation } from './installation.ts';
import { acquireRunLock } from './run-lock.ts';
import type { Store, Stores } from './store.ts';

export interface Finished<Result> {
  readonly result: Result;
  /** Containers that are of no use any more: removed where they are empty. */
  readonly unused: readonly RecordedContainer[];
}

/**
 * Works on an installation alone: makes its data folder, holds the lock meanwhile, and leaves no folder that the work
 * did not need. `made` is what had to be made of the data folder; the record must keep it.
 * @throws InstallerError `busy`, and what the work throws
 */
export async function withInstallation<Result>(
  installation: Installation,
  stores: Stores,
  work: (made: readonly RecordedContainer[]) => Promise<Finished<Result>>,
): Promise<Result> {
  const made: RecordedContainer[] = [];
  try {
    const release = await enter(installation, stores.file, made);
    const finished = await work(made).finally(release);
    await removeContainers(stores, finished.unused);
    return finished.result;
  } catch (error) {
    // What keeps a folder from being removed is not what went wrong.
    await removeContainers(stores, made).catch(() => undefined);
    throw error;
  }
}

/** Removes containers that are empty, innermost first; gives those that stay. */
export async function removeContainers(
  stores: Stores,
  containers: readonly RecordedContainer[],
): Promise<RecordedContainer[]> {
  const staying: RecordedContainer[] = [];
  for (const container of containers.toSorted((left, right) => right.id.length - left.id.length)) {
    const gone = await stores[container.store].removeContainer(container.id);
    if (!gone) staying.push(container);
  }
  return staying;
}

async function enter(
  installation: Installation,
  files: Store,
  made: RecordedContainer[],
): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    try {
      for (const id of await files.missingContainers(recordFile(installation))) {
        if (await files.makeContainer(id)) made.push({ store: 'file', id });
      }
      return await acquireRunLock(join(installation.dataFolder, 'lock'), files);
    } catch (error) {
      // A run that ends removes the folder in which this one wants to write.
      if (codeOf(error) !== 'ENOENT' || attempt === 5) throw error;
    }
  }
}
