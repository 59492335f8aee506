import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
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

describe('a folder that is taken over', () => {
  const token = 'AbCdEfGhIjKlMnOpQr_-12';
  const dead = `ca-bridge-client-${deadPid}-${token}`;

  it('is that of the token, with all in it, under our process id', async () => {
    const parent = await createParent();
    await mkdir(join(parent, dead));
    await writeFile(join(parent, dead, 'bid'), 'x');
    const folder = createPrivateFolder(parent);
    const path = await folder.adopt(token);
    expect(path).toBe(join(parent, `ca-bridge-client-${process.pid}-${token}`));
    expect([folder.token(), await folder.path(), await readdir(await folder.path())]).toEqual([
      token,
      path,
      ['bid'],
    ]);
    expect(await sweepLeftovers(parent)).toBe(0);
    await folder.remove();
    expect(await readdir(parent)).toEqual([]);
  });

  it('goes to one of those that want it', async () => {
    const parent = await createParent();
    await mkdir(join(parent, dead));
    const adoptions = [1, 2, 3].map(() => createPrivateFolder(parent).adopt(token));
    const taken = (await Promise.all(adoptions)).filter((path) => path !== undefined);
    expect(taken).toHaveLength(1);
  });

  test.each([
    ['of another token', `ca-bridge-client-${deadPid}-${'B'.repeat(22)}`],
    ['of a process that runs', `ca-bridge-client-${process.ppid}-${token}`],
  ])('is none %s', async (_, name) => {
    const parent = await createParent();
    await mkdir(join(parent, name));
    const folder = createPrivateFolder(parent);
    const before = folder.token();
    expect(await folder.adopt(token)).toBeUndefined();
    expect(folder.token()).toBe(before);
    expect(await readdir(parent)).toEqual([name]);
  });

  it('is none that is a link', async () => {
    const parent = await createParent();
    await mkdir(join(parent, 'elsewhere'));
    await symlink(join(parent, 'elsewhere'), join(parent, dead));
    expect(await createPrivateFolder(parent).adopt(token)).toBeUndefined();
  });

  it('is none once this process has one', async () => {
    const parent = await createParent();
    const folder = createPrivateFolder(parent);
    const path = await folder.path();
    await mkdir(join(parent, dead));
    expect(await folder.adopt(token)).toBeUndefined();
    expect(await folder.path()).toBe(path);
    await folder.remove();
  });
});

it('sweeps a folder that is named by its token', async () => {
  const parent = await createParent();
  await mkdir(join(parent, `ca-bridge-client-${deadPid}-${'A'.repeat(22)}`));
  expect(await sweepLeftovers(parent)).toBe(1);
});
