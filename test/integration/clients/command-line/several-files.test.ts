import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBid } from '../../../support/bid-reference.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, runJson } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
let centre: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
  centre = world.bidder({ organisation: '湛江测试交易中心' });
});
afterAll(() => world.close());

describe('of several files each is worked on by itself', () => {
  it('two of four are encrypted, two are named', async () => {
    const desk = await openDesk();
    const [one, other] = [await desk.put('one', '1'), await desk.put('other', '2')];
    await desk.put('other.cabid', 'theirs');
    const three = await desk.put('three', '3');
    const files = [one, desk.path('none'), other, three];
    const { code, report, stderr } = await runJson([
      'encrypt',
      ...files,
      '--to',
      await desk.certificate(bidder),
    ]);
    expect(code).toBe(1);
    expect(report.done).toBe(false);
    expect(report.results.map(({ ok, code: why }) => (ok ? 'ok' : why))).toEqual([
      'ok',
      'inputMissing',
      'outputExists',
      'ok',
    ]);
    expect(stderr.split('\n').filter(Boolean)).toHaveLength(2);
    expect(await desk.names()).toEqual(['one', 'one.cabid', 'other', 'other.cabid', 'three', 'three.cabid']);
    expect((await desk.read('other.cabid')).toString()).toBe('theirs');
  });

  it('one of three is decrypted, a damaged one and somebody else’s are named', async () => {
    const desk = await openDesk();
    const files = await Promise.all(['good', 'damaged', 'theirs'].map((name) => desk.put(name, name)));
    const own = await desk.certificate(bidder);
    await runCli(['encrypt', ...files.slice(0, 2), '--to', own]);
    await runCli(['encrypt', ...files.slice(2), '--to', await desk.certificate(centre)]);
    const bytes = await desk.read('damaged.cabid');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1_090) ^ 1, bytes.length - 1_090);
    await desk.put('damaged.cabid', bytes);
    await mkdir(desk.path('out'));
    const args = ['decrypt', ...files.map((file) => `${file}.cabid`), ...(await desk.holder(bidder))];
    const { code, report } = await runJson([...args, '--out-dir', desk.path('out')]);
    expect([code, report.results.map(({ ok, code: why }) => (ok ? 'ok' : why))]).toEqual([
      1,
      ['ok', 'BID_DAMAGED', 'BID_NOT_FOR_PHONE'],
    ]);
    expect((await desk.read('out/good')).toString()).toBe('good');
    expect(await desk.names()).toHaveLength(7);
  });

  it('none at all ends with 2', async () => {
    const desk = await openDesk();
    const args = ['encrypt', desk.path('none'), desk.folder, '--to', await desk.certificate(bidder)];
    expect(await runJson(args)).toMatchObject({
      code: 2,
      report: { done: false, results: [{ code: 'inputMissing' }, { code: 'inputNotAFile' }] },
    });
  });

  it('two of the same name in one folder are not one', async () => {
    const desk = await openDesk();
    await Promise.all(['a', 'b', 'out'].map((name) => mkdir(desk.path(name))));
    const files = [await desk.put('a/bid', '1'), await desk.put('b/bid', '2')];
    const args = ['encrypt', ...files, '--to', await desk.certificate(bidder), '--out-dir', desk.path('out')];
    const { code, report } = await runJson(args);
    expect([code, report.results.map(({ ok }) => ok), report.results[1]?.code]).toEqual([
      1,
      [true, false],
      'outputExists',
    ]);
    expect(openBid(await desk.read('out/bid.cabid'), bidder).plain.toString()).toBe('1');
  });
});
