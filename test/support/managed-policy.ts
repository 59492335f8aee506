import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Configuration } from '../../src/protocol/configuration.ts';
import type { BrowserKind } from './browser-candidates.ts';
import { ensureBrowser } from './ensure-browser.ts';

/** Where each browser looks for mandatory policy on Linux. */
const folders: Readonly<Record<BrowserKind, string>> = {
  chromium: '/etc/chromium/policies/managed',
  chrome: '/etc/opt/chrome/policies/managed',
  edge: '/etc/opt/edge/policies/managed',
};

/** Managed policy is the system's: on Linux only root can write it. */
export const canWritePolicy = process.platform === 'linux' && process.getuid?.() === 0;

export interface ManagedPolicy {
  /** Removes the file and the folders that were made for it; resolves when they are gone. */
  remove(): Promise<void>;
}

/**
 * Gives an extension managed policy, for every browser of the kind that starts from now on. `content` may break
 * the schema on purpose.
 */
export async function writePolicy(
  extensionId: string,
  content: Configuration | Readonly<Record<string, unknown>>,
): Promise<ManagedPolicy> {
  const folder = folders[(await ensureBrowser()).kind];
  const firstMade = await mkdir(folder, { recursive: true });
  const file = join(folder, 'ca-bridge-test.json');
  await writeFile(file, JSON.stringify({ '3rdparty': { extensions: { [extensionId]: content } } }));
  return {
    async remove() {
      await rm(file, { force: true });
      if (firstMade === undefined) return;
      // From the deepest up to the first that was made; a folder that somebody else uses meanwhile stays.
      for (let made = folder; made.length >= firstMade.length; made = dirname(made)) {
        await rmdir(made).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
        });
      }
    },
  };
}
