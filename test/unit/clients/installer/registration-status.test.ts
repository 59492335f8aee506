import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallerBench, type InstallerBench } from './installer-bench.ts';
import { treeOf } from './tree-of.ts';

let bench: InstallerBench;
beforeEach(async () => {
  bench = await createInstallerBench();
});
afterEach(() => bench.remove());

const manifest = () => bench.entry('chrome', 'signature');
const launcher = () => join(bench.installation.dataFolder, 'ca-bridge-signature.sh');
const record = () => join(bench.installation.dataFolder, 'installed.json');
/** How Chrome's signature client stands, and which file tells it. */
const standing = async () => {
  const [first] = await bench.status(['chrome']);
  return [first?.state, first?.place];
};

it('changes nothing', async () => {
  await bench.register(['edge']);
  const before = treeOf(bench.root);
  expect((await bench.status()).map(({ state }) => state)).toEqual([
    'notRegistered',
    'notRegistered',
    'registered',
    'registered',
    'notRegistered',
    'notRegistered',
  ]);
  expect(treeOf(bench.root)).toEqual(before);
});

describe("another program's is told from ours", () => {
  it('without a registration of ours', async () => {
    await mkdir(dirname(manifest()), { recursive: true });
    await writeFile(manifest(), '{"path":"/bin/sh"}');
    expect(await standing()).toEqual(['notOurs', manifest()]);
  });

  it('when a manifest was changed', async () => {
    await bench.register();
    await writeFile(manifest(), (await readFile(manifest(), 'utf8')).replace('stdio', 'stdoi'));
    expect(await standing()).toEqual(['notOurs', manifest()]);
  });

  it('when a link to ours stands there', async () => {
    await bench.register();
    await rm(manifest());
    await symlink(bench.entry('edge', 'signature'), manifest());
    expect(await standing()).toEqual(['notOurs', manifest()]);
  });

  it('when the launcher was changed', async () => {
    await bench.register();
    await writeFile(launcher(), '#!/bin/sh\n');
    expect(await standing()).toEqual(['notOurs', launcher()]);
  });
});

describe('a registration that does not work is told by the file at fault', () => {
  beforeEach(() => bench.register());

  it('the launcher is gone', async () => {
    await rm(launcher());
    expect(await standing()).toEqual(['pathGone', launcher()]);
  });

  it('the launcher is not executable', async () => {
    await chmod(launcher(), 0o644);
    expect(await standing()).toEqual(['notExecutable', launcher()]);
  });

  it('the client behind the launcher is gone', async () => {
    const script = join(bench.clientFolder, 'signature-client.cjs');
    await rm(script);
    expect(await standing()).toEqual(['pathGone', script]);
  });
});

it('an executable that lost its permission is told', async () => {
  const executable = join(bench.clientFolder, 'signature-client');
  await writeFile(executable, 'executable');
  await bench.register();
  expect(await standing()).toEqual(['notExecutable', executable]);
  await chmod(executable, 0o755);
  expect(await standing()).toEqual(['registered', manifest()]);
});

it('a damaged record does not hide what is registered', async () => {
  await bench.register();
  await writeFile(record(), '{');
  expect(await standing()).toEqual(['registered', manifest()]);
});
