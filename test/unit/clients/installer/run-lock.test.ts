import { spawnSync } from 'node:child_process';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { createFileStore } from '../../../../src/clients/installer/file-store.ts';
import { acquireRunLock } from '../../../../src/clients/installer/run-lock.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await createTemporaryFolder();
});
afterEach(() => folder.remove());

const files = createFileStore('user');
const lock = () => join(folder.path, 'lock');
const acquire = (patience?: number) => acquireRunLock(lock(), files, patience);

/** The id of a process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

test.each(['', 'somebody', '0', '-1', String(process.pid)])(
  'a lock that says %j is not broken',
  async (content) => {
    await writeFile(lock(), content);
    await expect(acquire(0)).rejects.toMatchObject({ problem: 'busy', subject: lock() });
    expect(await readFile(lock(), 'utf8')).toBe(content);
  },
);

it('a lock of a killed run is taken over', async () => {
  await writeFile(lock(), `${deadProcess()}\n`);
  await acquire();
  expect(await readFile(lock(), 'utf8')).toBe(`${process.pid}\n`);
  expect(await readdir(folder.path)).toEqual(['lock']);
});

it('the second gets it when the first lets go', async () => {
  const release = await acquire();
  const second = acquire();
  await release();
  await (
    await second
  )();
  expect(await readdir(folder.path)).toEqual([]);
});

it('of many that find a dead lock one at a time gets it', async () => {
  await writeFile(lock(), `${deadProcess()}\n`);
  let inside = 0;
  let most = 0;
  const run = async () => {
    const release = await acquire();
    most = Math.max(most, ++inside);
    await readdir(folder.path);
    inside--;
    await release();
  };
  await Promise.all(Array.from({ length: 8 }, run));
  expect(most).toBe(1);
});
