import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { browserIds, scopes, type Scope } from '../../../../src/clients/installer/browsers.ts';
import { createHostManifest } from '../../../../src/clients/installer/host-manifest.ts';
import { createInstallerBench, refusing, type InstallerBench } from './installer-bench.ts';
import { treeOf } from './tree-of.ts';

let bench: InstallerBench;
const open = async (scope: Scope) => {
  bench = await createInstallerBench('windows', scope);
};
beforeEach(() => open('user'));
afterEach(() => bench.remove());

const world = () => ({ files: treeOf(bench.root), keys: bench.registry.snapshot() });
const states = async () => (await bench.status()).map(({ state }) => state);
const all = (outcome: string) => Array.from({ length: 6 }, () => outcome);
const chromeKey = () => bench.entry('chrome', 'signature');
const manifest = () => join(bench.installation.dataFolder, 'cn.ca_bridge.signature.json');

describe('what is not ours is left alone', () => {
  test.each(['32', '64'] as const)(
    'a value of another program in the %s-bit view of the machine',
    async (view) => {
      await bench.remove();
      await open('machine');
      bench.registry.put(chromeKey(), view, '', 'C:\\other.json');
      const [first] = await bench.register();
      expect(first).toEqual({
        browser: 'chrome',
        client: 'signature',
        outcome: 'notOurs',
        place: chromeKey(),
      });
      expect((await states())[0]).toBe('notOurs');
      expect(await bench.registry.readDefault(chromeKey(), view)).toEqual({ text: 'C:\\other.json' });
    },
  );

  it('a value of another type', async () => {
    bench.registry.put(chromeKey(), '32', '', 7);
    expect((await bench.register())[0]?.outcome).toBe('notOurs');
  });

  it('a value that was changed since', async () => {
    await bench.register();
    bench.registry.put(chromeKey(), '32', '', 'C:\\other.json');
    expect((await bench.unregister())[0]?.outcome).toBe('notOurs');
    expect(await bench.registry.readDefault(chromeKey(), '32')).toEqual({ text: 'C:\\other.json' });
  });

  it('other values and keys at our place', async () => {
    bench.registry.put(chromeKey(), '32', 'theirs', 'x');
    bench.registry.put(`${bench.entry('edge', 'encryption')}\\below`, '32', '', 'y');
    const before = world();
    await bench.register();
    await bench.unregister();
    expect(world()).toEqual(before);
  });
});

it.each(scopes)(
  'scope %s: registry and files after unregistering are those before registering',
  async (scope) => {
    await bench.remove();
    await open(scope);
    bench.registry.put('HKCU\\Software\\Google\\Chrome', '32', 'version', '1');
    const before = world();
    expect((await bench.register()).map(({ outcome }) => outcome)).toEqual(all('registered'));
    expect(await states()).toEqual(all('registered'));
    expect((await bench.unregister()).map(({ outcome }) => outcome)).toEqual(all('unregistered'));
    expect(world()).toEqual(before);
  },
);

it('the second run changes nothing', async () => {
  await bench.register();
  const before = world();
  expect((await bench.register()).map(({ outcome }) => outcome)).toEqual(all('unchanged'));
  expect(world()).toEqual(before);
});

it('a refused key takes back all that the run wrote', async () => {
  const before = world();
  const stores = { ...bench.stores, key: refusing(bench.stores.key, 'Chromium', ['create']) };
  await expect(bench.register(browserIds, stores)).rejects.toMatchObject({ code: 'EACCES' });
  expect(world()).toEqual(before);
});

it('a key names the manifest, and the manifest the executable', async () => {
  await bench.register(['edge']);
  expect(await bench.registry.readDefault(bench.entry('edge', 'signature'), '64')).toEqual({
    text: manifest(),
  });
  expect(JSON.parse(await readFile(manifest(), 'utf8'))).toEqual(
    createHostManifest('signature', join(bench.clientFolder, 'signature-client.exe')),
  );
});

it('a manifest or an executable that is gone is told', async () => {
  await bench.register();
  await rm(manifest());
  await rm(join(bench.clientFolder, 'encryption-client.exe'));
  expect((await bench.status(['edge'])).map(({ state, place }) => [state, place])).toEqual([
    ['pathGone', manifest()],
    ['pathGone', join(bench.clientFolder, 'encryption-client.exe')],
  ]);
});

it('a script alone is no client, as Windows cannot start it', async () => {
  await rm(join(bench.clientFolder, 'signature-client.exe'));
  await expect(bench.register()).rejects.toMatchObject({ problem: 'clientMissing' });
});
