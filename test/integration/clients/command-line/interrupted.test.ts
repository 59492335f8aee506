import { spawnSync } from 'node:child_process';
import { mkdir, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { partNameFor } from '../../../../src/clients/command-line/files/part-names.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, type BidDesk } from './bid-desk.ts';
import { whenPartAppears } from './when-part-appears.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** Work that takes a while, whose output is to lie in the folder `out`; a second file is to come after it. */
const kinds: readonly [string, (desk: BidDesk) => Promise<string[]>][] = [
  ['encrypt a bid', (desk) => encryption(desk, 'bid')],
  ['encrypt an EnvelopedData', (desk) => encryption(desk, 'enveloped')],
  ['decrypt a bid', (desk) => decryption(desk, 'bid', '.cabid')],
  ['decrypt an EnvelopedData', (desk) => decryption(desk, 'enveloped', '.p7m')],
];

async function encryption(desk: BidDesk, format: string): Promise<string[]> {
  const files = [await desk.put('large', ''), await desk.put('small', 'x')];
  await truncate(desk.path('large'), 128 * 2 ** 20);
  const to = ['--to', await desk.certificate(bidder), '--format', format];
  return ['encrypt', ...files, ...to, '--out-dir', desk.path('out')];
}

async function decryption(desk: BidDesk, format: string, ending: string): Promise<string[]> {
  const args = (await encryption(desk, format)).slice(0, -2);
  expect((await runCli(args)).code).toBe(0);
  const files = ['large', 'small'].map((name) => desk.path(`${name}${ending}`));
  return ['decrypt', ...files, ...(await desk.holder(bidder)), '--out-dir', desk.path('out')];
}

/** What becomes of the work when these signals come in its middle. */
async function interrupt(prepare: (desk: BidDesk) => Promise<string[]>, signals: readonly NodeJS.Signals[]) {
  const desk = await openDesk();
  await mkdir(desk.path('out'));
  const args = await prepare(desk);
  const part = whenPartAppears(desk.path('out'));
  const send = (pid: number) => {
    for (const signal of signals) process.kill(pid, signal);
  };
  const run = await runCli([...args, '--json'], { started: (pid) => void part.then(() => send(pid)) });
  return { ...run, left: await desk.within('out') };
}

const bothInterrupted = { done: false, results: [{ code: 'interrupted' }, { code: 'interrupted' }] };

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends with %i, and what was to come is told too', async (signal, code) => {
  const ended = await interrupt((desk) => encryption(desk, 'bid'), [signal]);
  expect([ended.code, ended.left, JSON.parse(ended.stdout)]).toMatchObject([code, [], bothInterrupted]);
});

it('a second signal ends it at once, and nothing is left all the same', async () => {
  const { code, left } = await interrupt((desk) => encryption(desk, 'bid'), ['SIGTERM', 'SIGINT', 'SIGHUP']);
  // Which one comes first is the system's choice.
  expect([[129, 130, 143].includes(code ?? 0), left]).toEqual([true, []]);
});

describe.each(kinds)('%s', (_, prepare) => {
  it('interrupted in the middle: nothing is left', async () => {
    const ended = await interrupt(prepare, ['SIGINT']);
    expect([ended.code, ended.left, JSON.parse(ended.stdout)]).toMatchObject([130, [], bothInterrupted]);
  });

  it('killed in the middle: the next start takes away what is left, and no other', async () => {
    const desk = await openDesk();
    await mkdir(desk.path('out'));
    const args = await prepare(desk);
    const part = whenPartAppears(desk.path('out'));
    const run = runCli(args, { started: (pid) => void part.then(() => process.kill(pid, 'SIGKILL')) });
    expect((await run).signal).toBe('SIGKILL');
    const left = await desk.within('out');
    expect(left).toEqual([expect.stringMatching(/^\.large.*\.ca-bridge-\d+-[\w-]{24}\.part$/)]);
    const others = [partNameFor('of a running process'), '.large.part', 'mine'];
    for (const name of others) await desk.put(`out/${name}`, 'x');
    const small = args.filter((arg) => !/\/large(?:\.\w+)?$/.test(arg));
    expect((await runCli(small)).code).toBe(0);
    const now = await desk.within('out');
    expect(now).toEqual(expect.arrayContaining(others));
    expect(now).not.toContain(left[0]);
    expect(now).toHaveLength(others.length + 1);
  });
});

it('a look at a file, and a check, take nothing away', async () => {
  const desk = await openDesk();
  const file = await desk.put('bid', 'text');
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const left = partNameFor('x').replace(`-${process.pid}-`, `-${dead}-`);
  await desk.put(left, 'x');
  await runCli(['inspect', `${file}.cabid`]);
  await runCli(['decrypt', `${file}.cabid`, ...(await desk.holder(bidder)), '--check']);
  expect(await desk.names()).toContain(left);
});
