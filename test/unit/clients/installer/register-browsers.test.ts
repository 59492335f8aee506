import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { browserIds } from '../../../../src/clients/installer/browsers.ts';
import { hostManifestText } from '../../../../src/clients/installer/host-manifest.ts';
import { clientKinds } from '../../../../src/protocol/native-messages.ts';
import { createInstallerBench, dying, refusing, type InstallerBench } from './installer-bench.ts';
import { treeOf } from './tree-of.ts';

let bench: InstallerBench;
beforeEach(async () => {
  bench = await createInstallerBench();
});
afterEach(() => bench.remove());

const tree = () => treeOf(bench.root);
const record = () => join(bench.installation.dataFolder, 'installed.json');
const launcher = () => join(bench.installation.dataFolder, 'ca-bridge-signature.sh');
const outcomes = async (results = bench.register()) => (await results).map(({ outcome }) => outcome);
const all = (outcome: string) => Array.from({ length: 6 }, () => outcome);

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

describe('a failure leaves nothing', () => {
  test.each([
    ['at the first folder', '.config', 'makeContainer'],
    ["at the last browser's folder", 'chromium/NativeMessagingHosts', 'makeContainer'],
    ['at a launcher', 'ca-bridge-encryption.sh', 'create'],
    ['at the last manifest', 'chromium/NativeMessagingHosts/cn.ca_bridge.encryption', 'create'],
    ['at the record', 'installed.json', 'replace'],
  ] as const)('%s', async (_, part, verb) => {
    const before = tree();
    const stores = { ...bench.stores, file: refusing(bench.stores.file, part, [verb]) };
    await expect(bench.register(browserIds, stores)).rejects.toMatchObject({ code: 'EACCES' });
    expect(tree()).toEqual(before);
  });

  it("where a file stands in a folder's place", async () => {
    await put(join(bench.home, '.config/microsoft-edge'), 'a file');
    const before = tree();
    await expect(bench.register()).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(tree()).toEqual(before);
  });

  it('of what an update wrote over what was registered before', async () => {
    await bench.register(['chrome']);
    const before = tree();
    await put(join(bench.clientFolder, 'signature-client'), 'an executable');
    const stores = {
      ...bench.stores,
      file: refusing(bench.stores.file, 'edge/NativeMessagingHosts/cn.ca_bridge.encryption', ['create']),
    };
    await expect(bench.register(browserIds, stores)).rejects.toThrow('EACCES');
    await rm(join(bench.clientFolder, 'signature-client'));
    expect(tree()).toEqual(before);
  });

  it('and when that cannot be, says what is left and why', async () => {
    const stores = {
      ...bench.stores,
      file: refusing(
        refusing(bench.stores.file, 'chromium/NativeMessagingHosts/cn', ['create']),
        'google-chrome/NativeMessagingHosts/cn.ca_bridge.signature',
        ['remove'],
      ),
    };
    await expect(bench.register(browserIds, stores)).rejects.toMatchObject({
      problem: 'rollbackIncomplete',
      subject: bench.entry('chrome', 'signature'),
      cause: { code: 'EACCES' },
    });
  });

  it('when the clients are missing', async () => {
    await rm(join(bench.clientFolder, 'encryption-client.cjs'));
    const before = tree();
    await expect(bench.register()).rejects.toMatchObject({ problem: 'clientMissing' });
    expect(tree()).toEqual(before);
  });
});

describe('what is not ours is left alone', () => {
  test.each([
    ["another program's manifest", '{"name":"cn.ca_bridge.signature","path":"/opt/other"}'],
    ['an empty file', ''],
    ['a manifest of ours for a launcher elsewhere', hostManifestText('signature', '/opt/elsewhere/launcher')],
  ])('%s', async (_, content) => {
    const place = bench.entry('edge', 'signature');
    await put(place, content);
    const results = await bench.register();
    expect(results).toContainEqual({ browser: 'edge', client: 'signature', outcome: 'notOurs', place });
    expect(results.filter(({ outcome }) => outcome === 'registered')).toHaveLength(5);
    expect(await readFile(place, 'utf8')).toBe(content);
  });

  it('a link, which is neither followed nor replaced', async () => {
    const place = bench.entry('chrome', 'signature');
    await mkdir(dirname(place), { recursive: true });
    const target = join(bench.root, 'precious');
    await writeFile(target, 'precious');
    await symlink(target, place);
    expect((await outcomes())[0]).toBe('notOurs');
    expect(tree()['precious']).toBe('file 644 precious');
    expect(tree()['home/.config/google-chrome/NativeMessagingHosts/cn.ca_bridge.signature.json']).toBe(
      `link to ${target}`,
    );
  });

  it('a link that leads nowhere', async () => {
    const place = bench.entry('chrome', 'signature');
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(bench.root, 'nowhere'), place);
    expect((await outcomes())[0]).toBe('notOurs');
    expect(tree()['nowhere']).toBeUndefined();
  });

  it("a folder in a manifest's place", async () => {
    await mkdir(bench.entry('chrome', 'signature'), { recursive: true });
    expect((await outcomes())[0]).toBe('notOurs');
  });

  it('a manifest of ours that was changed', async () => {
    await bench.register();
    const place = bench.entry('edge', 'encryption');
    await writeFile(place, `${await readFile(place, 'utf8')} `);
    const before = tree();
    expect((await outcomes())[3]).toBe('notOurs');
    expect(tree()).toEqual(before);
  });

  it('a launcher that was changed, and no manifest is made that starts it', async () => {
    await put(launcher(), 'echo mine');
    const results = await bench.register();
    expect(results.filter(({ client }) => client === 'signature')).toEqual(
      browserIds.map((browser) => ({ browser, client: 'signature', outcome: 'notOurs', place: launcher() })),
    );
    expect(tree()).not.toHaveProperty(
      'home/.config/chromium/NativeMessagingHosts/cn.ca_bridge.signature.json',
    );
  });

  it("nothing at all is written where all is another program's", async () => {
    for (const browser of browserIds) {
      for (const client of clientKinds) await put(bench.entry(browser, client), '{}');
    }
    const before = tree();
    expect(await outcomes()).toEqual(all('notOurs'));
    expect(tree()).toEqual(before);
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"format":2,"items":[],"containers":[]}',
    '{"format":1,"items":[{}],"containers":[]}',
  ])('a damaged record %j stops all', async (content) => {
    await put(record(), content);
    const before = tree();
    await expect(bench.register()).rejects.toMatchObject({ problem: 'recordDamaged', subject: record() });
    expect(tree()).toEqual(before);
  });

  it("a link in the record's place", async () => {
    await mkdir(bench.installation.dataFolder, { recursive: true });
    await symlink('/etc/passwd', record());
    await expect(bench.register()).rejects.toMatchObject({ problem: 'recordDamaged' });
  });
});

describe('registering again', () => {
  it('changes no byte and says so', async () => {
    await bench.register();
    const before = tree();
    const { mtimeMs } = await stat(record());
    expect(await outcomes()).toEqual(all('unchanged'));
    expect(tree()).toEqual(before);
    expect((await stat(record())).mtimeMs).toBe(mtimeMs);
  });

  it('makes good a manifest, a launcher and a permission that were lost', async () => {
    await bench.register();
    const before = tree();
    await rm(bench.entry('chrome', 'encryption'));
    await rm(launcher());
    await chmod(join(bench.installation.dataFolder, 'ca-bridge-encryption.sh'), 0o644);
    expect(await outcomes()).toEqual(['updated', 'registered', 'updated', 'updated', 'updated', 'updated']);
    expect(tree()).toEqual(before);
  });

  it('takes over what we wrote when the record was lost', async () => {
    const before = tree();
    await bench.register();
    await rm(record());
    expect(await outcomes()).toEqual(all('unchanged'));
    await bench.unregister();
    expect(Object.keys(tree()).filter((path) => path.endsWith('.json'))).toEqual([]);
    expect(Object.keys(tree())).toEqual(expect.arrayContaining(Object.keys(before)));
  });

  it('brings clients that moved up to date', async () => {
    await bench.register();
    for (const kind of clientKinds) await put(join(bench.clientFolder, `${kind}-client`), 'executable');
    expect(await outcomes()).toEqual(all('updated'));
    expect(JSON.parse(await readFile(bench.entry('edge', 'signature'), 'utf8'))).toMatchObject({
      path: join(bench.clientFolder, 'signature-client'),
    });
  });

  it('serves two browsers whose folders are one by a link', async () => {
    const chrome = dirname(bench.entry('chrome', 'signature'));
    const chromium = dirname(bench.entry('chromium', 'signature'));
    await mkdir(chrome, { recursive: true });
    await mkdir(dirname(chromium), { recursive: true });
    await symlink(chrome, chromium);
    const before = tree();
    await bench.register();
    expect((await bench.status()).map(({ state }) => state)).toEqual(all('registered'));
    await bench.unregister();
    expect(tree()).toEqual(before);
  });
});

/** Three folders, the lock and the announcement come first; the last change is that of the lock's removal. */
const changes = { announced: 5, all: 21 };

describe('a run that is killed', () => {
  const killAfter = async (count: number) => {
    await expect(bench.register(browserIds, dying(bench.stores, count))).rejects.toThrow('killed');
    // The process whose lock it is lives on here.
    await rm(join(bench.installation.dataFolder, 'lock'), { force: true });
  };
  const counts = Array.from(
    { length: changes.all - changes.announced },
    (_, index) => changes.announced + index,
  );

  test.each(counts)(
    'after %i changes is made good by registering, and leaves no trace after',
    async (count) => {
      const before = tree();
      await killAfter(count);
      await bench.register();
      expect((await bench.status()).map(({ state }) => state)).toEqual(all('registered'));
      await bench.unregister();
      expect(tree()).toEqual(before);
    },
  );

  test.each(counts)('after %i changes leaves no trace after unregistering', async (count) => {
    const before = tree();
    await killAfter(count);
    await bench.unregister();
    expect(tree()).toEqual(before);
  });

  it('has made all its changes by then', async () => {
    await expect(bench.register(browserIds, dying(bench.stores, changes.all))).resolves.toHaveLength(6);
  });
});

describe('two runs at once', () => {
  it('both succeed, and together do what one does', async () => {
    const runs = await Promise.all([
      bench.register(['chrome', 'edge']),
      bench.register(['edge', 'chromium']),
    ]);
    expect(runs.flat().every(({ outcome }) => outcome !== 'notOurs')).toBe(true);
    const together = tree();
    await bench.unregister();
    await bench.register();
    expect(Object.keys(together)).toEqual(Object.keys(tree()));
    expect((await bench.status()).map(({ state }) => state)).toEqual(all('registered'));
  });

  it('registering and unregistering leave all or nothing of a client', async () => {
    await bench.register();
    await Promise.all([bench.unregister(), bench.register()]);
    const states = new Set((await bench.status()).map(({ state }) => state));
    expect(states.size).toBe(1);
    await bench.unregister();
    expect(Object.keys(tree()).filter((path) => path.includes('ca_bridge'))).toEqual([]);
  });
});

describe('what is written', () => {
  it('is readable by everybody on a machine, whatever the umask', async () => {
    const machine = await createInstallerBench('linux', 'machine');
    const umask = process.umask(0o077);
    try {
      await machine.register();
      const modes = Object.entries(treeOf(machine.root))
        .filter(([path]) => /^(?:etc|usr)/.test(path))
        .map(([, entry]) => entry.split(' ').slice(0, 2).join(' '));
      expect(new Set(modes)).toEqual(new Set(['folder 755', 'file 644', 'file 755']));
      expect((await machine.unregister()).map(({ outcome }) => outcome)).toEqual(all('unregistered'));
      expect(Object.keys(treeOf(machine.root)).filter((path) => /^(?:etc|usr)/.test(path))).toEqual([]);
    } finally {
      process.umask(umask);
      await machine.remove();
    }
  });

  it('leaves no temporary file and no lock', async () => {
    await bench.register();
    expect(Object.keys(tree()).filter((path) => /\.tmp$|lock/.test(path))).toEqual([]);
  });
});
