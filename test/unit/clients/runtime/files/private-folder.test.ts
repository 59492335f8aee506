import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  createPrivateFolder,
  sweepLeftovers,
} from '../../../../../src/clients/runtime/files/private-folder.ts';
import { createTemporaryFolder } from '../../../../support/temporary-folder.ts';

/** Process id of a process that has ended. */
const deadPid = spawnSync('true').pid;

async function createParent(): Promise<string> {
  const temporary = await createTemporaryFolder();
  onTestFinished(() => temporary.remove());
  return temporary.path;
}

it('sweeps the folder of a process that is gone, with all in it', async () => {
  const parent = await createParent();
  const leftover = join(parent, `ca-bridge-client-${deadPid}-AbC123`);
  await mkdir(leftover);
  await writeFile(join(leftover, 'bid'), 'x');
  expect(await sweepLeftovers(parent)).toBe(1);
  expect(await readdir(parent)).toEqual([]);
});

it('leaves the folder of a process that runs', async () => {
  const parent = await createParent();
  const folder = createPrivateFolder(parent);
  await folder.path();
  expect(await sweepLeftovers(parent)).toBe(0);
  expect(await readdir(parent)).toHaveLength(1);
  await folder.remove();
});

it('leaves what only looks like a folder of ours', async () => {
  const parent = await createParent();
  const elsewhere = join(parent, 'elsewhere');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'precious'), 'x');
  await symlink(elsewhere, join(parent, `ca-bridge-client-${deadPid}-aaaaaa`));
  await writeFile(join(parent, `ca-bridge-client-${deadPid}-bbbbbb`), 'a file');
  await mkdir(join(parent, `ca-bridge-client-${deadPid}`));
  await mkdir(join(parent, `ca-bridge-client-${deadPid}-cccccc-more`));
  await mkdir(join(parent, 'ca-bridge-client-0-dddddd'));
  expect(await sweepLeftovers(parent)).toBe(0);
  expect(await readdir(parent)).toHaveLength(6);
  expect(await readdir(elsewhere)).toEqual(['precious']);
});

it('sweeps nothing where there is no folder', async () => {
  expect(await sweepLeftovers('/nonexistent')).toBe(0);
});

it('makes no folder before one is asked for, and one only', async () => {
  const parent = await createParent();
  const folder = createPrivateFolder(parent);
  expect(await readdir(parent)).toEqual([]);
  const [first, second] = await Promise.all([folder.path(), folder.path()]);
  expect(first).toBe(second);
  await folder.remove();
  expect(await readdir(parent)).toEqual([]);
  await expect(folder.path()).rejects.toThrow('removed');
});
