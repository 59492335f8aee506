import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { toBase64, toHex } from '../../../src/lib/bytes.ts';
import type { RelayHandle } from '../../../src/platforms/platform.ts';
import { zhongzhaoHulian } from '../../../src/platforms/zhongzhao-hulian/zhongzhao-hulian.ts';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import {
  createUnattendedPhones,
  type UnattendedPhones,
} from '../../../src/sandbox/phone/unattended-phones.ts';
import { issueUnattendedBidders } from '../../../src/sandbox/unattended-bidders.ts';
import {
  contentKeyOf,
  encryptionRequest,
  never,
  openingRequest,
  requestsFor,
  unwrap,
} from '../../contract/bids-bench.ts';
import { startRelayBench, type RelayBench } from '../../contract/relay-bench.ts';
import { signingRequest } from '../../contract/signing-bench.ts';

const platform = zhongzhaoHulian;
const organisations = Array.from({ length: 20 }, (_, index) => `湛江测试投标单位${index + 1}有限公司`);
const bidders = issueUnattendedBidders(createAuthority(Date.now), organisations);
const [bidder] = bidders;
if (bidder === undefined) throw new Error('bidders');

let bench: RelayBench;
let phones: UnattendedPhones;
beforeEach(async () => {
  bench = await startRelayBench();
  const platforms = [{ name: 'platform', base: bench.environment.frontServer }];
  phones = createUnattendedPhones({ fetch, platforms, bidders, pollMs: 20 });
});
afterEach(() => bench.close());

const open = (request: Parameters<typeof platform.open>[0], index = 0): Promise<RelayHandle> =>
  platform.open(request, `opening-${String(index).padStart(16, '0')}`, bench.environment, never);

/** Files of one bidder alone. */
const documentsOf = (index: number) =>
  openingRequest().documents.map((document) => ({ ...document, name: `${index} ${document.name}` }));

/** The extension's and the client's part of one bidder's opening: gives what it could read. */
async function openAsBidder(organisation: string, index: number) {
  const oneTimeKey = generateSm2KeyPair();
  const request = { ...openingRequest('open', oneTimeKey), documents: documentsOf(index) };
  const certificate = bidders[index]?.encryption?.certificate ?? new Uint8Array();
  const handle = await open(request, index);
  const answered = phones.answer(organisation, handle.qr);
  await untilEvent(handle, 'identified');
  const identity = await platform.identity(handle, request, bench.environment, never);
  const requests = requestsFor(certificate, request.documents);
  await platform.submit(handle, request, requests, bench.environment, never);
  const report = await answered;
  const keys = await platform.keys(handle, request, identity, requests.length, bench.environment, never);
  return { identity, report, oneTimeKey, keys };
}

async function untilEvent(handle: RelayHandle, type: string): Promise<void> {
  for (let after = 0; ;) {
    const events = await platform.events(handle, after, bench.environment, never);
    if (events.some((event) => event.type === type)) return;
    after += events.length;
  }
}

describe('what an unattended phone does not do', () => {
  it('sign', async () => {
    const { qr } = await open(signingRequest());
    expect(await phones.answer(bidder.organisation, qr)).toMatchObject({
      scene: 'signature',
      did: 'refused',
    });
    expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
  });

  it('log in', async () => {
    const { qr } = await open({ scene: 'login', origin: openingRequest().origin, challenge: 'c'.repeat(20) });
    expect(await phones.answer(bidder.organisation, qr)).toMatchObject({ scene: 'login', did: 'refused' });
  });

  it('answer for somebody whom it does not know', async () => {
    const { qr } = await open(openingRequest());
    await expect(phones.answer('别家有限公司', qr)).rejects.toThrow(RangeError);
    expect(bench.gateway.counts().scan).toBe(0);
  });

  it('open to another key than the QR binds', async () => {
    const { qr } = await open(openingRequest());
    const oneTimeKey = toBase64(generateSm2KeyPair().publicKey);
    bench.gateway.setFaults([{ kind: 'swappedOneTimeKey', oneTimeKey }]);
    await expect(phones.answer(bidder.organisation, qr)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
  });

  it('scan a QR of nobody', async () => {
    await expect(phones.answer(bidder.organisation, 'https://example.test/')).rejects.toMatchObject({
      code: 'foreignQr',
    });
  });

  it('open for a check', async () => {
    const { qr } = await open(openingRequest('check'));
    expect(await phones.answer(bidder.organisation, qr)).toEqual({
      organisation: bidder.organisation,
      scene: 'decrypt',
      purpose: 'check',
      did: 'identified',
      opened: [],
    });
  });

  it('go on when nobody waits any more', async () => {
    const handle = await open(openingRequest());
    const stop = new AbortController();
    const answered = phones.answer(bidder.organisation, handle.qr, stop.signal);
    await untilEvent(handle, 'identified');
    stop.abort();
    await expect(answered).rejects.toMatchObject({ code: 'ended' });
    expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
  });
});

describe('an unattended phone', () => {
  it('hands its certificate over for an encryption', async () => {
    const handle = await open(encryptionRequest);
    expect(await phones.answer(bidder.organisation, handle.qr)).toMatchObject({ did: 'identified' });
    const identity = await platform.identity(handle, encryptionRequest, bench.environment, never);
    expect(identity.signer.organization).toBe(bidder.organisation);
  });

  it('does one request after the other', async () => {
    const first = await open(openingRequest(), 1);
    const second = await open(openingRequest('check'), 2);
    const stop = new AbortController();
    const answers = [
      phones.answer(bidder.organisation, first.qr, stop.signal),
      phones.answer(bidder.organisation, second.qr),
    ];
    await untilEvent(first, 'identified');
    expect(bench.gateway.sessions().map(({ state }) => state)).toEqual(['identified', 'waiting']);
    stop.abort();
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

it('twenty bidders open at once, each to its own one-time key and to no other', async () => {
  const openings = await Promise.all(
    bidders.map(({ organisation }, index) => openAsBidder(organisation, index)),
  );
  for (const [index, { identity, report, oneTimeKey, keys }] of openings.entries()) {
    expect(identity.signer.organization).toBe(bidders[index]?.organisation);
    expect(report).toMatchObject({ organisation: bidders[index]?.organisation, did: 'opened' });
    const expected = documentsOf(index).map((document) => toHex(contentKeyOf(document)));
    expect(keys.map((key) => unwrap(oneTimeKey, key))).toEqual(expected);
    const neighbour = openings[(index + 1) % openings.length];
    expect(() => unwrap(oneTimeKey, neighbour?.keys[0])).toThrow('decryptionFailed');
  }
  expect(bench.gateway.sessions().map(({ state }) => state)).toEqual(bidders.map(() => 'confirmed'));
});
