import { watch } from 'node:fs';

/** Resolves with the name of the first temporary output that is made in a folder. */
export function whenPartAppears(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const watcher = watch(folder, (_, name) => {
      if (name?.endsWith('.part') !== true) return;
      watcher.close();
      resolve(name);
    });
    watcher.on('error', reject);
  });
}
