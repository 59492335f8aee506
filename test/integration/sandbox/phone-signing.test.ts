import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSequence, encodeSetOf, encodeUnsignedInteger } from '../../../src/gm/der-encode.ts';
import { loginSignatureInput } from '../../../src/gm/login-token.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { encodeSignedAttributes } from '../../../src/gm/signed-attributes.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, toBase64, utf8 } from '../../../src/lib/bytes.ts';
import { extensionIds } from '../../../src/protocol/extension-ids.ts';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import { sandboxOrigins } from '../../../src/sandbox/origins.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import {
  createPhoneAgent,
  type PendingSigning,
  type PhoneAgent,
} from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import { selfTestOrigin } from '../../../src/sandbox/phone/self-test-origin.ts';
import { attributesOver, sealingWith } from '../../contract/signing-bench.ts';
import { testSubscriber } from '../../support/test-subscriber.ts';
import { base, siteOrigin, startGateway, type Opened, type TestGateway } from './gateway-client.ts';
import { contents, documents, openSigning, selfTest } from './signing-client.ts';

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const stranger = testSubscriber(authority);

let server: TestGateway;
let mapped: Fetch;
let agent: PhoneAgent;
beforeEach(async () => {
  server = await startGateway({ selfTestOrigins: [selfTest] });
  mapped = (address, init) => fetch(address.replace(base, server.at('')), init);
  agent = createPhoneAgent(mapped, { pollMs: 10 });
});
afterEach(() => server.close());

const stateNow = (): string | undefined => server.gateway.sessions().at(-1)?.state;

/** The front server's true answers, changed on their way to the phone. */
const lying =
  (change: object): Fetch =>
  async (address, init) => {
    const response = await mapped(address, init);
    if (response.status !== 200) return response;
    return Response.json({ ...((await response.json()) as object), ...change });
  };

async function scan({ qr }: Opened, by = agent): Promise<PendingSigning> {
  const pending = await by.scan(readQrContent(qr, [{ name: '中招互连', base }]));
  if (pending.scene === 'login' || pending.scene === 'encrypt' || pending.scene === 'decrypt') {
    throw new Error(`a ${pending.scene}`);
  }
  return pending;
}

async function identified(scene = 'signature'): Promise<{ session: Opened; pending: PendingSigning }> {
  const session = await openSigning(server, { scene });
  const pending = await scan(session);
  await agent.identify(pending, subscriber.identity);
  return { session, pending };
}

const submit = ({ businessId, secret }: Opened, parts: readonly Uint8Array[]) =>
  server.post(`/sessions/${businessId}/to-be-signed`, { toBeSigned: parts.map(toBase64) }, secret);

const sound = contents.map((content) => attributesOver(utf8(content)));
const [first = new Uint8Array(), second = new Uint8Array()] = sound;

const attributes = {
  contentType: oid.gmData,
  messageDigest: sm3(utf8('abc')),
  signingTime: new Date('2026-01-01T00:00:00Z'),
};

const ownSeal = subscriber.seals[0]?.seal ?? new Uint8Array();
const othersSeal = stranger.seals[0]?.seal ?? new Uint8Array();

describe('documents that were altered on their way to the phone', () => {
  const [one, two] = documents;

  it.each([
    ['one is missing', [one]],
    ['none is left', []],
    ['there is no list', undefined],
    ['one more is there', [one, two, two]],
    ['their order is another', [two, one]],
    ['a name is another', [{ ...one, name: '别的文件.pdf' }, two]],
    ['a size is another', [{ ...one, size: 4 }, two]],
    ['a digest is another', [{ ...one, sm3: two?.sm3 }, two]],
  ])('are refused: %s', async (_, shown) => {
    const session = await openSigning(server);
    const liar = createPhoneAgent(lying({ documents: shown }));
    await expect(scan(session, liar)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });

  it('are refused under another scene', async () => {
    const session = await openSigning(server);
    const liar = createPhoneAgent(lying({ scene: 'revokeSignature' }));
    await expect(scan(session, liar)).rejects.toMatchObject({ code: 'alteredQr' });
  });

  it('are refused for an extension that is not CA Bridge', async () => {
    const other = `chrome-extension://${'a'.repeat(32)}`;
    await server.close();
    server = await startGateway({ selfTestOrigins: [other] });
    const session = await openSigning(server, { origin: other });
    await expect(scan(session)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(stateNow()).toBe('refused');
  });
});

describe('bytes that the phone does not sign', () => {
  const login = loginSignatureInput({
    origin: siteOrigin,
    challenge: 'challenge-0123456789abcdef',
    scene: 'login',
    businessId: 'another-0123456789',
  });
  const withoutTag = first.subarray(2);

  it.each<[string, Uint8Array]>([
    ['a login’s signature input', login],
    ['text', utf8('转账')],
    ['a digest', sm3(utf8('abc'))],
    ['an empty SET', encodeSetOf()],
    ['attributes under another tag', concatBytes(Uint8Array.of(0xa0, withoutTag.length), withoutTag)],
    ['attributes with something behind them', concatBytes(first, Uint8Array.of(5, 0))],
    ['attributes cut short', first.subarray(0, -1)],
    [
      'attributes with a short digest',
      encodeSignedAttributes({ ...attributes, messageDigest: new Uint8Array(20) }),
    ],
    [
      'attributes of another content type',
      encodeSignedAttributes({ ...attributes, contentType: oid.gmSignedData }),
    ],
    [
      'attributes with one that the phone does not know',
      encodeSetOf(
        ...splitSet(first),
        encodeSequence(Uint8Array.of(6, 3, 0x2a, 3, 4), encodeSetOf(encodeUnsignedInteger(1n))),
      ),
    ],
    [
      'attributes that name another certificate',
      encodeSignedAttributes({
        ...attributes,
        signingCertificate: { algorithm: oid.sm3, value: sm3(stranger.pair.signing) },
      }),
    ],
    ['somebody else’s seal', sealingWith(othersSeal)],
    [
      'its own seal with an octet changed',
      sealingWith(ownSeal.with(ownSeal.length - 1, (ownSeal.at(-1) ?? 0) ^ 1)),
    ],
    ['a seal alone', ownSeal],
    ['its own certificate', subscriber.pair.signing],
    ['a sealing of another version', sealingWith(ownSeal, 5n)],
  ])('%s', async (_, bytes) => {
    const { session, pending } = await identified();
    await submit(session, [first, bytes]);
    await expect(agent.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
    expect(stateNow()).toBe('refused');
  });

  it.each(['messageSignature', 'revokeSignature'])('a sealing in scene %s', async (scene) => {
    const { session, pending } = await identified(scene);
    await submit(session, [first, sealingWith(ownSeal)]);
    await expect(agent.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
  });

  it('a message other than the one it showed', async () => {
    const { session, pending } = await identified('messageSignature');
    await submit(session, [second, first]);
    await expect(agent.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
  });

  it('fewer parts than documents', async () => {
    const { session, pending } = await identified();
    await submit(session, sound);
    const liar = createPhoneAgent(lying({ toBeSigned: [toBase64(first)] }), { pollMs: 10 });
    const again = await identifiedBy(liar);
    await submit(again.session, sound);
    await expect(liar.untilToBeSigned(again.pending)).rejects.toMatchObject({ code: 'unknownContent' });
    await agent.refuse(pending);
  });

  it('bytes put in its way after it looked at others', async () => {
    const { session, pending } = await identified();
    await submit(session, sound);
    await agent.untilToBeSigned(pending);
    await expect(agent.sign(pending, subscriber.credential, [login, first])).rejects.toMatchObject({
      code: 'unknownContent',
    });
    expect(stateNow()).toBe('refused');
  });

  it('anything before it has identified itself', async () => {
    const pending = await scan(await openSigning(server));
    await expect(agent.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'protocol' });
    await expect(agent.sign(pending, subscriber.credential, sound)).rejects.toMatchObject({
      code: 'protocol',
    });
  });

  async function identifiedBy(by: PhoneAgent) {
    const session = await openSigning(server);
    const pending = await scan(session);
    await by.identify(pending, subscriber.identity);
    return { session, pending };
  }
});

describe('what the phone signs', () => {
  it.each<[string, readonly Uint8Array[]]>([
    ['signed attributes', sound],
    ['attributes of a PDF', [encodeSignedAttributes({ ...attributes, contentType: oid.pkcs7Data }), second]],
    [
      'attributes that name its certificate',
      [
        encodeSignedAttributes({
          ...attributes,
          signingCertificate: { algorithm: oid.sm3, value: sm3(subscriber.pair.signing) },
        }),
        second,
      ],
    ],
    ['sealings with its own seal', [sealingWith(ownSeal), sealingWith(ownSeal)]],
  ])('%s', async (_, parts) => {
    const { session, pending } = await identified();
    await submit(session, parts);
    const { toBeSigned } = await agent.untilToBeSigned(pending);
    await agent.sign(pending, subscriber.credential, toBeSigned);
    expect(stateNow()).toBe('confirmed');
  });

  it('is a sample of CA Bridge’s own, which it knows by its origin', async () => {
    const pending = await scan(await openSigning(server, { origin: selfTestOrigin }));
    expect(pending.origin).toBe(selfTestOrigin);
    expect(extensionIds.map((id) => `chrome-extension://${id}`)).toContain(selfTestOrigin);
    expect(sandboxOrigins.extension).toBe(selfTestOrigin);
  });
});

describe('waiting for what is to be signed', () => {
  it('goes on until it comes', async () => {
    const { session, pending } = await identified();
    const waiting = agent.untilToBeSigned(pending);
    while (server.gateway.counts().stillWanted < 3) await new Promise(setImmediate);
    await submit(session, sound);
    expect((await waiting).toBeSigned.map(toBase64)).toEqual(sound.map(toBase64));
  });

  it('outlasts trouble of the front server', async () => {
    const { session, pending } = await identified();
    server.gateway.setFaults([{ kind: 'serverError', call: 'stillWanted', times: 2 }]);
    await submit(session, sound);
    await expect(agent.untilToBeSigned(pending)).resolves.toMatchObject({ expiresIn: 900 });
  });

  it('ends when the computer’s side gives up', async () => {
    const { session, pending } = await identified();
    const waiting = agent.untilToBeSigned(pending);
    await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    await expect(waiting).rejects.toMatchObject({ code: 'ended' });
  });

  it('ends at once when nobody waits any more', async () => {
    const { pending } = await identified();
    const stop = new AbortController();
    const waiting = createPhoneAgent(mapped, { pollMs: 60_000 });
    await waiting.identify(pending, subscriber.identity);
    const outcome = waiting.untilToBeSigned(pending, stop.signal);
    while (server.gateway.counts().stillWanted === 0) await new Promise(setImmediate);
    stop.abort();
    await expect(outcome).rejects.toMatchObject({ code: 'ended' });
  });
});

/** Elements of a SET whose length takes one octet. */
function splitSet(set: Uint8Array): Uint8Array[] {
  const elements: Uint8Array[] = [];
  for (let offset = 2; offset < set.length;) {
    const end = offset + 2 + (set[offset + 1] ?? 0);
    elements.push(set.subarray(offset, end));
    offset = end;
  }
  return elements;
}
