import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { errorPlaces } from '../../../../src/clients/runtime/error-places.ts';
import { logFolder } from '../../../../src/clients/runtime/log-folder.ts';
import { openLog } from '../../../../src/clients/runtime/log.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

async function createFolder(): Promise<string> {
  const temporary = await createTemporaryFolder();
  onTestFinished(() => temporary.remove());
  return join(temporary.path, 'state', 'ca-bridge');
}

describe('the log', () => {
  it('is lines of JSON with time, level and event', async () => {
    const folder = await createFolder();
    const log = openLog({ folder, kind: 'signature' });
    log.write({ event: 'jobStarted', job: 1, method: 'verify' });
    log.write({ event: 'jobEnded', job: 1, outcome: 'FILE_UNKNOWN', milliseconds: 3 });
    log.write({ event: 'failed', places: ['1:2'] });
    const lines = (await readFile(join(folder, 'signature-client.log'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { time: expect.any(String), level: 'info', event: 'jobStarted', job: 1, method: 'verify' },
      expect.objectContaining({ level: 'warning', outcome: 'FILE_UNKNOWN' }),
      expect.objectContaining({ level: 'error', places: ['1:2'] }),
    ]);
  });

  it('is for the user alone', async () => {
    const folder = await createFolder();
    openLog({ folder, kind: 'signature' }).write({ event: 'laneOpened' });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'signature-client.log'))).mode & 0o777).toBe(0o600);
  });

  it('is three files at most, none longer than its limit, the newest lines kept', async () => {
    const folder = await createFolder();
    const log = openLog({ folder, kind: 'encryption', fileBytes: 500 });
    for (let pid = 1; pid <= 100; pid += 1) log.write({ event: 'started', pid });
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual(['encryption-client.log', 'encryption-client.log.1', 'encryption-client.log.2']);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(500);
    expect(await readFile(join(folder, 'encryption-client.log'), 'utf8')).toContain('"pid":100}');
  });

  it('that cannot be written is no reason to fail', async () => {
    const folder = await createFolder();
    await mkdir(join(folder, 'signature-client.log'), { recursive: true });
    expect(() => openLog({ folder, kind: 'signature' }).write({ event: 'laneOpened' })).not.toThrow();
    expect(() =>
      openLog({ folder: '/dev/null/x', kind: 'signature' }).write({ event: 'laneOpened' }),
    ).not.toThrow();
    await chmod(folder, 0o700);
  });
});

describe('the folder of the log', () => {
  const home = '/home/li';
  test.each([
    ['linux', {}, '/home/li/.local/state/ca-bridge'],
    ['linux', { XDG_STATE_HOME: '/var/state' }, '/var/state/ca-bridge'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/li/.local/state/ca-bridge'],
    ['linux', { XDG_STATE_HOME: '' }, '/home/li/.local/state/ca-bridge'],
    ['darwin', { XDG_STATE_HOME: '/var/state' }, '/home/li/Library/Logs/CA Bridge'],
    ['win32', { LOCALAPPDATA: '/Local' }, '/Local/CA Bridge/Logs'],
    ['win32', {}, '/home/li/AppData/Local/CA Bridge/Logs'],
  ] as const)('on %s with %j is %s', (platform, environment, expected) => {
    expect(logFolder({ platform, environment, home })).toBe(expected);
  });
});

describe('the places of an error', () => {
  const stack = [
    'Error: ENOENT /home/zhang san/signature-client.cjs secret',
    '    at read (/home/zhang san/clients/signature-client.cjs:120:7)',
    '    at node:internal/fs/promises:640:12',
    '    at async /home/zhang san/clients/signature-client.cjs:9:1',
    '    at other (/home/zhang san/other.cjs:1:1)',
  ].join('\n');

  it('are line and column in our script, nothing else', () => {
    const error = Object.assign(new Error('x'), { stack });
    expect(errorPlaces(error, 'signature-client.cjs')).toEqual(['120:7', '9:1']);
  });

  test.each(['text', undefined, null, { stack }])('are none for %j', (thrown) => {
    expect(errorPlaces(thrown, 'signature-client.cjs')).toEqual([]);
  });
});
