import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import { createAuthority, type PairDefect } from '../../../../src/sandbox/authority/authority.ts';
import { handWrittenPdf, plainObjects } from '../../../support/pdf-samples.ts';
import { testSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createSignatureWorld, noTrust, type SignatureWorld } from './signature-world.ts';
import { messageParams, revokeParams, sealParams, signerOf } from './signing-scenes.ts';

let world: SignatureWorld;
let client: DrivenClient;
let text: string;
let pdf: string;
beforeAll(async () => {
  world = await createSignatureWorld();
  client = await startDrivenClient();
  text = await client.send('bid.txt', Buffer.from('投标函'));
  pdf = await client.send('bid.pdf', handWrittenPdf(plainObjects));
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const isPrepared = { toBeSigned: expect.any(String) };

describe('a certificate that must not sign', () => {
  test.each<[string, PairDefect, string]>([
    ['expired', 'expired', 'SIGNER_EXPIRED'],
    ['not yet valid', 'notYetValid', 'SIGNER_EXPIRED'],
    ['for encryption', 'wrongUsage', 'SIGNER_NOT_FOR_SIGNING'],
    ['of another authority of the same names', 'untrusted', 'SIGNER_UNTRUSTED'],
  ])('%s: no scene takes it', async (_, defect, code) => {
    const subscriber = world.subscriber(defect);
    const wishes = { trust: world.rootTrust };
    expect([
      await client.refusal('message.prepare', messageParams(text, subscriber, wishes)),
      await client.refusal('seal.prepare', sealParams(pdf, subscriber, wishes)),
      await client.refusal('revoke.prepare', revokeParams(pdf, subscriber, wishes)),
    ]).toEqual([code, code, code]);
  });

  test.each<[string, PairDefect, string]>([
    ['expired', 'expired', 'SIGNER_EXPIRED'],
    ['not yet valid', 'notYetValid', 'SIGNER_EXPIRED'],
    ['for encryption', 'wrongUsage', 'SIGNER_NOT_FOR_SIGNING'],
  ])('%s: neither where no authority is configured', async (_, defect, code) => {
    const params = messageParams(text, world.subscriber(defect), { trust: noTrust });
    expect(await client.refusal('message.prepare', params)).toBe(code);
  });

  it('that is the holder’s other one, for encryption', async () => {
    const subscriber = world.subscriber();
    const signer = { ...signerOf(subscriber), certificate: toBase64(subscriber.pair.encryption) };
    const params = { ...messageParams(text, subscriber, { trust: world.rootTrust }), signer };
    expect(await client.refusal('message.prepare', params)).toBe('SIGNER_NOT_FOR_SIGNING');
  });

  test.each([
    ['random bytes', () => Buffer.from('no certificate at all, whatever it says')],
    ['a certificate that is cut off', () => world.subscriber().pair.signing.subarray(0, -1)],
    ['a seal', () => world.subscriber().seals[0]?.seal.subarray(0, 4_000) ?? new Uint8Array()],
  ])('%s', async (_, bytes) => {
    const signer = { certificate: toBase64(bytes()), chain: [] };
    for (const trust of [noTrust, world.rootTrust]) {
      const params = { ...messageParams(text, world.subscriber(), { trust }), signer };
      expect(await client.refusal('message.prepare', params)).toBe('SIGNER_UNREADABLE');
    }
  });

  test('one whose issuer is missing', async () => {
    const subscriber = world.subscriber();
    const signer = { ...signerOf(subscriber), chain: [] };
    const params = { ...messageParams(text, subscriber, { trust: world.rootTrust }), signer };
    expect(await client.refusal('message.prepare', params)).toBe('SIGNER_UNTRUSTED');
  });
});

describe('a revoked certificate', () => {
  it('is refused by what the list at its distribution point says', async () => {
    const subscriber = world.subscriber();
    const params = messageParams(text, subscriber, { trust: world.rootTrust });
    expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
    world.authority.revoke(subscriber.pair.serial);
    expect(await client.refusal('message.prepare', params)).toBe('SIGNER_REVOKED');
    const seal = sealParams(pdf, subscriber, { trust: world.rootTrust });
    expect(await client.refusal('seal.prepare', seal)).toBe('SIGNER_REVOKED');
  });

  it('that was revoked while the phone signed is refused in the second half', async () => {
    const subscriber = world.subscriber();
    const params = messageParams(text, subscriber, { trust: world.rootTrust });
    const { toBeSigned } = await client.call('message.prepare', params);
    world.authority.revoke(subscriber.pair.serial);
    const answer = { toBeSigned, signature: 'MAA=' };
    expect(await client.refusal('message.complete', { ...params, ...answer })).toBe('SIGNER_REVOKED');
  });

  it('is asked about nowhere unless that is allowed', async () => {
    const subscriber = world.subscriber();
    world.authority.revoke(subscriber.pair.serial);
    const trust = { ...world.rootTrust, online: false };
    const params = messageParams(text, subscriber, { trust });
    expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
  });

  it('is asked about nowhere for an authority that only the page names', async () => {
    const subscriber = world.subscriber();
    world.authority.revoke(subscriber.pair.serial);
    const trust = { anchors: [], siteAnchors: world.rootTrust.anchors, online: true };
    const params = messageParams(text, subscriber, { trust });
    expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
    const stranger = messageParams(text, world.subscriber('untrusted'), { trust });
    expect(await client.refusal('message.prepare', stranger)).toBe('SIGNER_UNTRUSTED');
  });

  it('of another subscriber keeps nobody from signing', async () => {
    world.authority.revoke(world.subscriber().pair.serial);
    const params = messageParams(text, world.subscriber(), { trust: world.rootTrust });
    expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
  });
});

describe('a distribution point that does not help keeps nobody from signing', () => {
  test.each([
    ['answers 404', 404, ''],
    ['answers with something else', 200, '<html>'],
    ['sends its readers elsewhere', 302, ''],
  ])('one that %s', async (_, status, body) => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(status, { location: 'http://127.0.0.1:1/other.crl' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const authority = createAuthority(Date.now, () => `http://127.0.0.1:${port}/ca.crl`);
      const trust = { anchors: [toBase64(authority.root)], online: true };
      const params = messageParams(text, testSubscriber(authority), { trust });
      expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
      expect(asked).toBe(1);
    } finally {
      server.close();
    }
  });

  test('one where nobody listens', async () => {
    const authority = createAuthority(Date.now, () => 'http://127.0.0.1:1/ca.crl');
    const trust = { anchors: [toBase64(authority.root)], online: true };
    const params = messageParams(text, testSubscriber(authority), { trust });
    expect(await client.refusal('message.prepare', params)).toMatchObject(isPrepared);
  });
});

it.each(['AAAA', 'MAA='])(
  'an anchor that is no certificate is nobody’s fault but the policy’s (%s)',
  async (anchor) => {
    const trust = { anchors: [anchor], online: false };
    const params = messageParams(text, world.subscriber(), { trust });
    expect(await client.refusal('message.prepare', params)).toBe('POLICY_INVALID');
    expect(await client.refusal('verify', { file: pdf, trust })).toBe('POLICY_INVALID');
  },
);
