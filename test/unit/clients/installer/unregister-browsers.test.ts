import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { browserIds } from '../../../../src/clients/installer/browsers.ts';
import { createInstallerBench, refusing, type InstallerBench } from './installer-bench.ts';
import { treeOf } from './tree-of.ts';

let bench: InstallerBench;
beforeEach(async () => {
  bench = await createInstallerBench();
});
afterEach(() => bench.remove());

const tree = () => treeOf(bench.root);
const outcomes = async (results = bench.unregister()) => (await results).map(({ outcome }) => outcome);
const all = (outcome: string) => Array.from({ length: 6 }, () => outcome);

describe('what is not ours is left', () => {
  it('a manifest that was changed, told once', async () => {
    await bench.register();
    const place = bench.entry('chromium', 'signature');
    await writeFile(place, '{"changed":true}');
    expect(await bench.unregister()).toContainEqual({
      browser: 'chromium',
      client: 'signature',
      outcome: 'notOurs',
      place,
    });
    expect(await readFile(place, 'utf8')).toBe('{"changed":true}');
    expect(await outcomes()).toEqual(all('notRegistered'));
  });

  it("a link that took a manifest's place, and what it leads to", async () => {
    await bench.register();
    const place = bench.entry('chrome', 'signature');
    const copy = join(bench.root, 'copy');
    await writeFile(copy, await readFile(place));
    await rm(place);
    await symlink(copy, place);
    expect((await outcomes())[0]).toBe('notOurs');
    expect(Object.keys(tree())).toEqual(
      expect.arrayContaining([
        'copy',
        'home/.config/google-chrome/NativeMessagingHosts/cn.ca_bridge.signature.json',
      ]),
    );
  });

  it('folders that others use meanwhile', async () => {
    await bench.register();
    const theirs = join(dirname(bench.entry('edge', 'signature')), 'org.example.json');
    await writeFile(theirs, '{}');
    expect(await outcomes()).toEqual(all('unregistered'));
    expect(await readFile(theirs, 'utf8')).toBe('{}');
    expect(Object.keys(tree())).not.toContain('home/.config/chromium');
    expect(Object.keys(tree())).not.toContain('home/.local');
  });

  it('everything, when the record is damaged', async () => {
    await bench.register();
    await writeFile(join(bench.installation.dataFolder, 'installed.json'), '{"format":1');
    const before = tree();
    await expect(bench.unregister()).rejects.toMatchObject({ problem: 'recordDamaged' });
    expect(tree()).toEqual(before);
  });
});

describe('after unregistering all is as before registering', () => {
  it('in an empty home', async () => {
    const before = tree();
    await bench.register();
    expect(await outcomes()).toEqual(all('unregistered'));
    expect(tree()).toEqual(before);
  });

  it('beside other programs, in folders that were there', async () => {
    for (const file of [
      '.config/chromium/NativeMessagingHosts/org.example.json',
      '.local/share/ca-bridge/other',
    ]) {
      await mkdir(dirname(join(bench.home, file)), { recursive: true });
      await writeFile(join(bench.home, file), 'theirs');
    }
    await mkdir(join(bench.home, '.config/google-chrome/NativeMessagingHosts'), {
      recursive: true,
      mode: 0o711,
    });
    const before = tree();
    await bench.register();
    await bench.unregister();
    expect(tree()).toEqual(before);
  });

  test.each([
    [['chrome'], ['edge', 'chromium']],
    [['edge'], ['chromium'], ['chrome']],
  ] as const)('browser by browser: %j, %j', async (...groups) => {
    const before = tree();
    for (const browser of browserIds) await bench.register([browser]);
    for (const group of groups) await bench.unregister(group);
    expect(tree()).toEqual(before);
  });

  it('also when clients moved meanwhile', async () => {
    await bench.register();
    await writeFile(join(bench.clientFolder, 'signature-client'), 'executable');
    const before = Object.keys(tree()).filter((path) => !path.startsWith('home/'));
    await bench.register();
    await bench.unregister();
    expect(Object.keys(tree())).toEqual(before);
  });

  it('also when folders were removed and made again meanwhile', async () => {
    const before = tree();
    await bench.register();
    await rm(join(bench.home, '.config', 'chromium'), { recursive: true });
    await bench.register();
    await bench.unregister();
    expect(tree()).toEqual(before);
  });

  it('also after a run that was killed between its announcement and its last file', async () => {
    const before = tree();
    await bench.register();
    await rm(bench.entry('chromium', 'encryption'));
    await rm(bench.entry('edge', 'signature'));
    await bench.unregister();
    expect(tree()).toEqual(before);
  });
});

describe('one browser of several', () => {
  it('leaves the others registered', async () => {
    await bench.register();
    await bench.unregister(['chrome']);
    expect((await bench.status()).map(({ state }) => state)).toEqual([
      'notRegistered',
      'notRegistered',
      'registered',
      'registered',
      'registered',
      'registered',
    ]);
    expect(Object.keys(tree())).not.toContain('home/.config/google-chrome');
  });
});

it('twice is as good as once, and does nothing where nothing was', async () => {
  const before = tree();
  expect(await outcomes()).toEqual(all('notRegistered'));
  expect(tree()).toEqual(before);
});

it('that fails half-way is ended by the next run', async () => {
  const before = tree();
  await bench.register();
  const stores = {
    ...bench.stores,
    file: refusing(bench.stores.file, 'edge/NativeMessagingHosts', ['remove']),
  };
  await expect(bench.unregister(browserIds, stores)).rejects.toMatchObject({ code: 'EACCES' });
  expect(await outcomes()).toEqual([
    'notRegistered',
    'notRegistered',
    'unregistered',
    'unregistered',
    'notRegistered',
    'notRegistered',
  ]);
  expect(tree()).toEqual(before);
});
