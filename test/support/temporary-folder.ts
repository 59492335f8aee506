import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  /** Removes the folder and all in it; does nothing when it is gone already. */
  remove(): Promise<void>;
}

const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const;

/** Folders that a crash or an exit in the middle of things would leave behind. */
const remaining = new Set<string>();
process.on('exit', () => {
  for (const path of remaining) rmSync(path, removal);
});

/** Makes an empty folder of a new name in the system's temporary folder; it goes with this process at the latest. */
export async function createTemporaryFolder(prefix = 'ca-bridge-'): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(await realpath(tmpdir()), prefix));
  remaining.add(path);
  return {
    path,
    async remove() {
      await rm(path, removal);
      remaining.delete(path);
    },
  };
}
