import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { browserIds } from '../../../../src/clients/installer/browsers.ts';
import { createHostManifest } from '../../../../src/clients/installer/host-manifest.ts';
import { nativeHostNames } from '../../../../src/protocol/native-messages.ts';
import { treeOf } from '../../../unit/clients/installer/tree-of.ts';
import { installProgram, type InstalledProgram } from './installed-program.ts';

let program: InstalledProgram;
beforeAll(async () => {
  program = await installProgram();
});
afterAll(() => program.remove());

const hosts = (home: string, browser = 'chromium') => join(home, '.config', browser, 'NativeMessagingHosts');
const states = (stdout: string): unknown[] => {
  const { results }: { results: { state: string }[] } = JSON.parse(stdout);
  return results.map(({ state }) => state);
};
const all = (state: string) => Array.from({ length: 6 }, () => state);

describe('without the right to write', () => {
  it('--machine ends with 3, says why, and leaves nothing', async () => {
    const home = await program.makeHome('home');
    const machine = () => ['/etc/opt', '/etc/chromium', '/usr/local/lib'].map(listing);
    const before = await Promise.all(machine());
    const run = await program.run(['register', '--machine'], { HOME: home, LANG: 'en_US.UTF-8' });
    expect(run).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/No right to write \/usr\/local\/lib\/ca-bridge.*administrator/),
    });
    expect(await Promise.all(machine())).toEqual(before);
    expect(treeOf(home)).toEqual({});
  });

  it("in one browser's folder, what was written for the others is taken back", async () => {
    const home = await program.makeHome('home');
    await mkdir(hosts(home, 'microsoft-edge'), { recursive: true });
    await mkdir(hosts(home, 'google-chrome'), { recursive: true });
    await mkdir(join(home, '.local/share'), { recursive: true });
    for (const folder of [hosts(home, 'google-chrome'), join(home, '.local/share'), join(home, '.config')]) {
      await chmod(folder, 0o777);
    }
    await chmod(hosts(home, 'microsoft-edge'), 0o555);
    const before = treeOf(home);
    const run = await program.run(['register', '--json'], { HOME: home });
    expect(run.code).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({
      done: false,
      problem: 'noRights',
      subject: expect.stringContaining(hosts(home, 'microsoft-edge')),
    });
    expect(treeOf(home)).toEqual(before);
  });
});

test.each([
  'with space',
  '中文 文件夹',
  `quote ' and "`,
  '$(touch x) `touch y`',
  'line\nbreak',
  'back\\slash',
])('in a home named %j: registered, found, started, unregistered without a trace', async (name) => {
  const home = await program.makeHome(name);
  const outside = dirname(home);
  const before = treeOf(outside);
  const env = { HOME: home, LANG: 'zh_CN.UTF-8' };
  const register = await program.run(['register'], env);
  expect(register).toMatchObject({ code: 0, stderr: '' });
  expect(register.stdout.trim().split('\n')).toHaveLength(6);
  expect(states((await program.run(['status', '--json'], env)).stdout)).toEqual(all('registered'));

  const manifest = await readFile(join(hosts(home), `${nativeHostNames.signature}.json`), 'utf8');
  const launcher = join(home, '.local/share/ca-bridge/ca-bridge-signature.sh');
  expect(JSON.parse(manifest)).toEqual(createHostManifest('signature', launcher));
  // Started by nobody, a client refuses; it is the exit code of our client, not of a shell that found no file.
  expect(refusalOf(launcher)).toMatch(/started by the CA Bridge extension/);

  expect(await program.run(['unregister'], env)).toMatchObject({ code: 0, stderr: '' });
  expect(treeOf(outside)).toEqual(before);
});

it('every step is idempotent and told by its exit code', async () => {
  const home = await program.makeHome('home');
  const env = { HOME: home };
  expect(await program.run(['status', '--json'], env)).toMatchObject({ code: 1 });
  await program.run(['register'], env);
  const registered = treeOf(home);
  const again = await program.run(['register', '--json'], env);
  expect([again.code, states(again.stdout)]).toEqual([0, all('unchanged')]);
  expect(treeOf(home)).toEqual(registered);
  expect(await program.run(['status'], env)).toMatchObject({ code: 0 });
  await program.run(['unregister', '--browser', 'edge'], env);
  expect(await program.run(['status'], env)).toMatchObject({ code: 1 });
  expect(await program.run(['status', '--browser=chrome', '--browser=chromium'], env)).toMatchObject({
    code: 0,
  });
  expect(await program.run(['unregister'], env)).toMatchObject({ code: 0 });
  const nothing = await program.run(['unregister', '--json'], env);
  expect([nothing.code, states(nothing.stdout)]).toEqual([0, all('notRegistered')]);
});

it("another program's manifest is left, told, and makes the exit code 1", async () => {
  const home = await program.makeHome('home');
  const theirs = join(hosts(home), `${nativeHostNames.signature}.json`);
  await mkdir(dirname(theirs), { recursive: true });
  for (const folder of ['.config', '.config/chromium', '.config/chromium/NativeMessagingHosts']) {
    await chmod(join(home, folder), 0o777);
  }
  await writeFile(theirs, '{}');
  const { code, stdout } = await program.run(['register'], { HOME: home, LANG: 'en' });
  expect(code).toBe(1);
  expect(stdout).toContain(
    `signature client: another program's, or changed since we wrote it; left alone: ${theirs}`,
  );
  expect(await readFile(theirs, 'utf8')).toBe('{}');
});

it('two processes at once register everything once', async () => {
  const home = await program.makeHome('home');
  const before = treeOf(home);
  const runs = await Promise.all(
    [...browserIds, 'all'].map((browser) => program.run(['register', '--browser', browser], { HOME: home })),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(await program.run(['status'], { HOME: home })).toMatchObject({ code: 0 });
  await program.run(['unregister'], { HOME: home });
  expect(treeOf(home)).toEqual(before);
});

it('without HOME nothing is written and the reason is told', async () => {
  expect(await program.run(['register'], { LANG: 'en' })).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('HOME'),
  });
});

it('a damaged record is told with what to do', async () => {
  const home = await program.makeHome('home');
  await program.run(['register'], { HOME: home });
  const record = join(home, '.local/share/ca-bridge/installed.json');
  await writeFile(record, '{"format":1,');
  const before = treeOf(home);
  for (const command of ['register', 'unregister']) {
    expect(await program.run([command], { HOME: home, LANG: 'en' })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(record),
    });
  }
  expect(treeOf(home)).toEqual(before);
});

it('wrong usage ends with 2', async () => {
  expect(await program.run(['register', '--browser', 'safari'], {})).toMatchObject({ code: 2, stdout: '' });
});

async function listing(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).catch(() => []);
}

function refusalOf(launcher: string): string {
  try {
    return execFileSync(launcher, [], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
}
