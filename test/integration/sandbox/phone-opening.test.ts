import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeOctetString, encodeSequence, encodeUnsignedInteger } from '../../../src/gm/der-encode.ts';
import { openEnvelopeKey, parseEnvelope, sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { concatBytes, toBase64, toHex } from '../../../src/lib/bytes.ts';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import {
  createPhoneAgent,
  type PendingOpening,
  type PhoneAgent,
} from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import {
  contentKeyOf,
  encodeRequest,
  envelopeOf,
  unwrap,
  withoutContent,
  type RequestParts,
} from '../../contract/bids-bench.ts';
import { testSubscriber } from '../../support/test-subscriber.ts';
import { client, encrypted, openBid, openingBody } from './bid-client.ts';
import { base, startGateway, type Opened, type TestGateway } from './gateway-client.ts';

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const stranger = testSubscriber(authority);
const own = subscriber.pair.encryption;
const [first, second] = encrypted;
if (first === undefined || second === undefined) throw new Error('two files');

let server: TestGateway;
let agent: PhoneAgent;
/** What the phone told the front server when it confirmed. */
let confirmed: { result?: { certificate: string; keys: (string | null)[] } };
beforeEach(async () => {
  server = await startGateway();
  confirmed = {};
  const mapped: Fetch = (address, init) => {
    if (address.endsWith('/confirm')) confirmed = JSON.parse(String(init.body)) as typeof confirmed;
    return fetch(address.replace(base, server.at('')), init);
  };
  agent = createPhoneAgent(mapped, { pollMs: 10 });
});
afterEach(() => server.close());

const stateNow = (): string | undefined => server.gateway.sessions().at(-1)?.state;

async function scan(qr: string): Promise<PendingOpening> {
  const pending = await agent.scan(readQrContent(qr, [{ name: '中招互连', base }]));
  if (pending.scene !== 'decrypt' || pending.purpose === 'check') throw new Error(`a ${pending.scene}`);
  return pending;
}

async function identified(body = openingBody(), by = subscriber) {
  const session = await openBid(server, body);
  const pending = await scan(session.qr);
  await agent.identifyForBid(pending, by.bidIdentity);
  return { session, pending };
}

const submit = ({ businessId, secret }: Opened, requests: readonly Uint8Array[]) =>
  server.post(`/sessions/${businessId}/to-be-signed`, { toBeSigned: requests.map(toBase64) }, secret);

const request = (parts: Partial<RequestParts> = {}): Uint8Array =>
  encodeRequest({
    document: first.sm3,
    envelope: envelopeOf(first, own),
    ...parts,
  });
const requestFor = (document: typeof first, ...recipients: Uint8Array[]): Uint8Array =>
  request({ document: document.sm3, envelope: envelopeOf(document, ...recipients) });

/** What the phone wrapped, hexadecimal. */
const given = () => confirmed.result?.keys.map((each) => (each === null ? null : unwrap(client, each)));
const keyOf = (document: typeof first): string => toHex(contentKeyOf(document));

async function openAll(pending: PendingOpening, by = subscriber) {
  const { requests } = await agent.untilToOpen(pending);
  return agent.open(pending, by.encryptionCredential, requests);
}

describe('requests that the phone refuses', () => {
  const envelope = encodeOctetString(envelopeOf(first, own));

  it.each<[string, Uint8Array]>([
    ['a file that was not shown', request({ document: 'ab'.repeat(32) })],
    ['a short digest', request({ document: first.sm3.slice(2) })],
    ['another version', request({ version: 2n })],
    ['an element more', request({ more: [encodeUnsignedInteger(1n)] })],
    ['a one-time key behind the rest', request({ more: [encodeOctetString(client.publicKey)] })],
    ['a one-time key before the envelope', request({ envelope: client.publicKey, more: [envelope] })],
    ['no envelope', request({ envelope: new Uint8Array() })],
    ['a signature for an envelope', request({ envelope: subscriber.pair.signing })],
    [
      'an envelope with something behind it',
      request({ envelope: concatBytes(envelopeOf(first, own), client.publicKey) }),
    ],
    ['an envelope cut short', request({ envelope: envelopeOf(first, own).subarray(0, -1) })],
    ['something behind it', concatBytes(request(), Uint8Array.of(5, 0))],
    ['an empty SEQUENCE', encodeSequence()],
    ['a certificate', own],
    ['text', new TextEncoder().encode('请解密')],
  ])('%s', async (_, bytes) => {
    const { session, pending } = await identified();
    await submit(session, [requestFor(second, own), bytes]);
    await expect(agent.untilToOpen(pending)).rejects.toMatchObject({ code: 'unknownEnvelope' });
    expect(stateNow()).toBe('refused');
  });

  it('two for one file', async () => {
    const { session, pending } = await identified();
    await submit(session, [request(), request()]);
    await expect(agent.untilToOpen(pending)).rejects.toMatchObject({ code: 'unknownEnvelope' });
  });

  it('others than it looked at', async () => {
    const { session, pending } = await identified();
    await submit(session, [request()]);
    const { requests } = await agent.untilToOpen(pending);
    const slipped = requests.map((each) => ({ ...each, document: second }));
    await expect(agent.open(pending, subscriber.encryptionCredential, slipped)).rejects.toMatchObject({
      code: 'unknownEnvelope',
    });
    expect(stateNow()).toBe('refused');
    expect(confirmed.result).toBeUndefined();
  });

  it('any for another one-time key than it was shown', async () => {
    const { session, pending } = await identified();
    await submit(session, [request()]);
    const { requests } = await agent.untilToOpen(pending);
    const slipped = { ...pending, oneTimeKey: generateSm2KeyPair().publicKey };
    await expect(agent.open(slipped, subscriber.encryptionCredential, requests)).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(confirmed.result).toBeUndefined();
  });

  it('any under another certificate than it named', async () => {
    const { session, pending } = await identified();
    await submit(session, [request()]);
    const { requests } = await agent.untilToOpen(pending);
    await expect(agent.open(pending, stranger.encryptionCredential, requests)).rejects.toMatchObject({
      code: 'unknownEnvelope',
    });
  });

  it('any before it has identified itself', async () => {
    const { qr } = await openBid(server);
    const pending = await scan(qr);
    await expect(agent.untilToOpen(pending)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('any without an encryption certificate', async () => {
    const { session, pending } = await identified(openingBody(), subscriber.withoutEncryption());
    await submit(session, [request()]);
    await expect(agent.untilToOpen(pending)).rejects.toMatchObject({ code: 'protocol' });
    await expect(agent.open(pending, subscriber.encryptionCredential, [])).rejects.toMatchObject({
      code: 'protocol',
    });
  });
});

describe('envelopes that the phone’s key does not open', () => {
  it.each<[string, Uint8Array]>([
    ['one to somebody else', requestFor(first, stranger.pair.encryption)],
    ['a damaged one', request({ envelope: flipped(envelopeOf(first, own)) })],
    ['one that holds less than a key', request({ envelope: sealed(15) })],
    ['one that holds more than keys', request({ envelope: sealed(65) })],
    ['one that holds nothing', request({ envelope: sealed(0) })],
  ])('come back as null: %s', async (_, bytes) => {
    const { session, pending } = await identified();
    await submit(session, [bytes, requestFor(second, own)]);
    expect(await openAll(pending)).toEqual([second]);
    expect(given()).toEqual([null, keyOf(second)]);
  });

  it('end the session when there are no others, and the user is told', async () => {
    const { session, pending } = await identified();
    await submit(session, [requestFor(first, stranger.pair.encryption)]);
    await expect(openAll(pending)).rejects.toMatchObject({ code: 'nothingOpened' });
    expect(stateNow()).toBe('refused');
    expect(confirmed.result).toBeUndefined();
  });

  it('are those of a certificate that was reissued with a new key', async () => {
    const reissued = subscriber.renewed({ sameKey: false });
    const { session, pending } = await identified(openingBody(), reissued);
    await submit(session, [requestFor(first, own), requestFor(second, reissued.pair.encryption)]);
    expect(await openAll(pending, reissued)).toEqual([second]);
  });
});

describe('what the phone opens', () => {
  it.each(['rehearse', 'open'])('is wrapped to the one-time key: %s', async (purpose) => {
    const { session, pending } = await identified(openingBody({ purpose }));
    await submit(session, [requestFor(first, own), requestFor(second, own)]);
    expect(await openAll(pending)).toEqual([first, second]);
    expect(given()).toEqual([keyOf(first), keyOf(second)]);
    expect(confirmed.result).toMatchObject({ certificate: toBase64(own) });
    expect(stateNow()).toBe('confirmed');
  });

  it('leaves the phone in no other form', async () => {
    const { session, pending } = await identified();
    await submit(session, [request(), requestFor(second, own)]);
    await openAll(pending);
    expect(JSON.stringify(confirmed)).not.toContain(toBase64(contentKeyOf(first)).slice(0, 20));
    expect(JSON.stringify(confirmed)).not.toContain(keyOf(first).slice(0, 20));
  });

  it('is the same after the certificate was renewed with the same key', async () => {
    const renewed = subscriber.renewed({ sameKey: true });
    expect(toHex(renewed.pair.encryption)).not.toBe(toHex(own));
    const { session, pending } = await identified(openingBody(), renewed);
    await submit(session, [requestFor(first, own)]);
    await openAll(pending, renewed);
    expect(given()).toEqual([keyOf(first)]);
    expect(confirmed.result?.certificate).toBe(toBase64(renewed.pair.encryption));
  });

  it('is found among several recipients', async () => {
    const { session, pending } = await identified();
    await submit(session, [requestFor(first, authority.issueCentre().encryption.certificate, own)]);
    await openAll(pending);
    expect(given()).toEqual([keyOf(first)]);
  });

  it.each([16, 64])('may have %i bytes', async (length) => {
    const { session, pending } = await identified();
    await submit(session, [request({ envelope: sealed(length) })]);
    await openAll(pending);
    expect(given()).toEqual(['5a'.repeat(length)]);
  });

  it('is the content-encryption key where the content stayed with the computer', async () => {
    const { session, pending } = await identified();
    const whole = sealEnvelope({ content: new Uint8Array(100_000), recipients: [own] });
    await submit(session, [request({ envelope: withoutContent(whole) })]);
    await openAll(pending);
    const key = openEnvelopeKey(parseEnvelope(whole), subscriber.encryptionCredential);
    expect(given()).toEqual([toHex(key)]);
  });

  it('may be the same file twice, if it was shown twice', async () => {
    const { session, pending } = await identified(openingBody({ documents: [first, first] }));
    await submit(session, [request(), request()]);
    expect(await openAll(pending)).toEqual([first, first]);
  });

  it('is named by its files, before anything is opened', async () => {
    const { session, pending } = await identified();
    await submit(session, [requestFor(second, own)]);
    const { requests, expiresIn } = await agent.untilToOpen(pending);
    expect(requests.map(({ document }) => document)).toEqual([second]);
    expect(expiresIn).toBe(900);
    expect(stateNow()).toBe('identified');
  });
});

function sealed(length: number): Uint8Array {
  return sealEnvelope({ content: new Uint8Array(length).fill(0x5a), recipients: [own] });
}

/** With one bit of its recipient's encrypted key turned. */
function flipped(envelope: Uint8Array): Uint8Array {
  const [recipient] = parseEnvelope(envelope).recipients;
  const place = (recipient?.encryptedKey.byteOffset ?? 0) - envelope.byteOffset + 60;
  return envelope.with(place, (envelope[place] ?? 0) ^ 1);
}
