import { spawn } from 'node:child_process';
import { truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sm2KeyPem } from '../../../support/cms-judges.ts';
import { openssl } from '../../../support/openssl.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, type BidDesk } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Runs the program in a terminal of its own (`script` of util-linux), where `answer` is typed once `prompt` is shown. */
function runInTerminal(
  args: readonly string[],
  { prompt = '', answer = '' }: { readonly prompt?: string; readonly answer?: string } = {},
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const line = [process.execPath, projectPath('dist/clients/ca-bridge.cjs'), ...args].map(quoted).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', SHELL: '/bin/sh' },
  });
  let shown = '';
  let asked = prompt === '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (asked || !shown.includes(prompt)) return;
    asked = true;
    child.stdin.write(answer);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, shown }));
  });
}

/** An encrypted file, and the options of a key under a passphrase. */
async function locked(desk: BidDesk): Promise<string[]> {
  const file = await desk.put('bid', 'text');
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  const pkcs8 = ['pkcs8', '-topk8', '-passout', 'pass:口令 1'];
  const key = await desk.put('key', await openssl(pkcs8, sm2KeyPem(bidder.privateKey)));
  const holder = ['--key', key, '--certificate', await desk.certificate(bidder)];
  return ['decrypt', `${file}.cabid`, ...holder, '--out', desk.path('out')];
}

describe('the passphrase is asked for where a terminal is', () => {
  const prompt = 'Passphrase of the key: ';

  it('and is not shown', async () => {
    const desk = await openDesk();
    const { code, shown } = await runInTerminal(await locked(desk), { prompt, answer: '口令 1\r' });
    expect([code, (await desk.read('out')).toString()]).toEqual([0, 'text']);
    expect(shown).not.toContain('口');
  });

  it('and a wrong one is told', async () => {
    const desk = await openDesk();
    const { code, shown } = await runInTerminal(await locked(desk), { prompt, answer: 'wrong\r' });
    expect([code, shown.includes('wrong'), await desk.names()]).toEqual([
      2,
      false,
      ['bid', 'bid.cabid', 'key'],
    ]);
    expect(shown).toContain('The passphrase does not open');
  });

  it('and giving up is no answer', async () => {
    const desk = await openDesk();
    const { code, shown } = await runInTerminal(await locked(desk), { prompt, answer: 'abc\u0003' });
    expect([code, await desk.names()]).toEqual([2, ['bid', 'bid.cabid', 'key']]);
    expect(shown).toContain('Interrupted');
  });
});

describe('progress', () => {
  it('is shown in a terminal, and taken away at the end', async () => {
    const desk = await openDesk();
    const file = await desk.put('large', '');
    await truncate(file, 64 * 2 ** 20);
    const { code, shown } = await runInTerminal(['encrypt', file, '--to', await desk.certificate(bidder)]);
    expect(code).toBe(0);
    expect(shown).toMatch(/large reading \d+%/);
    expect(shown).toMatch(/large encrypting and reading back \d+%/);
    const end = shown.slice(shown.lastIndexOf('%') + 1);
    expect(end.startsWith('\r\u001b[KEncrypted, read back')).toBe(true);
  });

  it('is nowhere else', async () => {
    const desk = await openDesk();
    const file = await desk.put('large', '');
    await truncate(file, 64 * 2 ** 20);
    const { stdout, stderr } = await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
    expect([stderr, stdout.includes('%'), stdout.includes('\r')]).toEqual(['', false, false]);
  });
});
