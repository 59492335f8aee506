import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { issueRootCertificate } from '../../../../src/gm/certificate-builder.ts';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { encodeBitString, encodeSequence } from '../../../../src/gm/der-encode.ts';
import { parseDer } from '../../../../src/gm/der.ts';
import { generateSm2KeyPair, signSm2 } from '../../../../src/gm/sm2.ts';
import { sm3 } from '../../../../src/gm/sm3.ts';
import { toBase64, toHex } from '../../../../src/lib/bytes.ts';
import type { EncryptionDefect } from '../../../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, noTrust, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { encryptParams } from './scenes.ts';

let world: EncryptionWorld;
let client: DrivenClient;
let file: string;
beforeAll(async () => {
  world = await createEncryptionWorld();
  client = await startDrivenClient();
  file = await client.send('bid.zip', Buffer.from('投标文件'));
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const own = (certificate: Uint8Array, chain: readonly Uint8Array[] = []) => ({
  certificate: toBase64(certificate),
  chain: chain.map(toBase64),
});

/** What both methods say to a certificate as the bidder's own, and as a further one. */
async function refusals(bidder: { own: Bidder['own'] }, trust = world.trust): Promise<unknown[]> {
  const good = world.bidder();
  const asOwn = { own: bidder.own, further: [], trust };
  const asFurther = { own: good.own, further: [bidder.own.certificate], trust };
  return [
    await client.refusal('recipients.inspect', asOwn),
    await client.refusal('recipients.inspect', asFurther),
    await client.refusal('encrypt', { ...encryptParams(file, good), ...asOwn }),
    await client.refusal('encrypt', { ...encryptParams(file, good), ...asFurther }),
  ];
}

const all = (code: string) => [code, code, code, code];

describe('a certificate that a file must not be encrypted to', () => {
  test.each<[string, EncryptionDefect, string]>([
    ['expired', 'expired', 'RECIPIENT_EXPIRED'],
    ['not yet valid', 'notYetValid', 'RECIPIENT_EXPIRED'],
    ['for signing', 'wrongUsage', 'RECIPIENT_NOT_FOR_ENCRYPTION'],
    ['of another authority of the same names', 'untrusted', 'RECIPIENT_UNTRUSTED'],
    ['revoked', 'revoked', 'RECIPIENT_REVOKED'],
  ])('%s', async (_, defect, code) => {
    expect(await refusals(world.bidder({ defect }))).toEqual(all(code));
    expect(await client.stored()).toEqual([file]);
  });

  test.each<[string, EncryptionDefect, string]>([
    ['expired', 'expired', 'RECIPIENT_EXPIRED'],
    ['for signing', 'wrongUsage', 'RECIPIENT_NOT_FOR_ENCRYPTION'],
  ])('%s: neither where no authority is configured', async (_, defect, code) => {
    expect(await refusals(world.bidder({ defect }), noTrust)).toEqual(all(code));
  });

  it('the signing certificate of the same phone', async () => {
    const { pair } = testSubscriber(world.authority);
    expect(await refusals({ own: own(pair.signing, pair.chain) })).toEqual(
      all('RECIPIENT_NOT_FOR_ENCRYPTION'),
    );
  });

  test.each([
    ['random bytes', () => Buffer.from('no certificate at all, whatever it says')],
    ['a certificate that is cut off', () => world.bidder().certificate.subarray(0, -1)],
  ])('%s', async (_, bytes) => {
    for (const trust of [noTrust, world.trust]) {
      expect(await refusals({ own: own(bytes()) }, trust)).toEqual(all('RECIPIENT_UNREADABLE'));
    }
  });

  it('one that was revoked after it was looked at', async () => {
    const bidder = world.bidder();
    const params = encryptParams(file, bidder, { trust: world.trust });
    expect(
      await client.refusal('recipients.inspect', { own: bidder.own, further: [], trust: world.trust }),
    ).toEqual({
      recipients: [expect.anything()],
    });
    world.revoke(bidder);
    expect(await client.refusal('encrypt', params)).toBe('RECIPIENT_REVOKED');
  });
});

it('two certificates of one issuer and number are refused: which of them would an envelope be for?', async () => {
  const bidder = world.bidder();
  const [tbs, algorithm] = parseDer(bidder.certificate).children.map(({ raw }) => raw);
  if (tbs === undefined || algorithm === undefined) throw new Error('no certificate');
  const twin = encodeSequence(tbs, algorithm, encodeBitString(signSm2(bidder.privateKey, tbs)));
  const params = { own: bidder.own, further: [toBase64(twin)], trust: noTrust };
  expect(await client.refusal('recipients.inspect', params)).toBe('RECIPIENT_UNREADABLE');
});

it('what a certificate says of its holder is told', async () => {
  const bidder = world.bidder();
  const { serialNumber, notBefore, notAfter, creditCode } = parseCertificate(bidder.certificate);
  const { recipients } = await client.call('recipients.inspect', {
    own: bidder.own,
    further: [],
    trust: world.trust,
  });
  expect(recipients).toEqual([
    {
      name: '湛江测试建设有限公司',
      organization: '湛江测试建设有限公司',
      creditCode,
      serialNumber,
      fingerprint: toHex(sm3(bidder.certificate)),
      notBefore: notBefore.getTime(),
      notAfter: notAfter.getTime(),
    },
  ]);
});

it('the chain that came with the bidder’s certificate serves the others too', async () => {
  const further = [toBase64(world.bidder({ organisation: '湛江测试交易中心' }).certificate)];
  const { recipients } = await client.call('recipients.inspect', {
    own: world.bidder().own,
    further,
    trust: world.trust,
  });
  expect(recipients.map(({ name }) => name)).toEqual(['湛江测试建设有限公司', '湛江测试交易中心']);
});

it('an anchor that is no certificate is nobody’s fault but the policy’s', async () => {
  const trust = { anchors: ['MAA='], online: false };
  expect(await refusals(world.bidder(), trust)).toEqual(all('POLICY_INVALID'));
});

/** An authority's certificate that is for encryption as well, issued by itself. */
function selfIssued(revocationAddress: string): Uint8Array {
  const { privateKey } = generateSm2KeyPair();
  const root = issueRootCertificate({
    privateKey,
    subject: { commonName: '测试 TEST' },
    notBefore: new Date(Date.now() - 1_000),
    notAfter: new Date(Date.now() + 86_400_000),
    crlDistributionPoints: [revocationAddress],
  });
  const [tbs, algorithm] = parseDer(root).children.map(({ raw }) => Buffer.from(raw));
  if (tbs === undefined || algorithm === undefined) throw new Error('no certificate');
  // BIT STRING: keyCertSign and cRLSign become keyEncipherment and keyCertSign.
  tbs.set([0x03, 0x02, 0x02, 0x24], tbs.indexOf(Buffer.of(0x03, 0x02, 0x01, 0x06)));
  return encodeSequence(tbs, algorithm, encodeBitString(signSm2(privateKey, tbs)));
}

describe('no address is asked for the sake of a certificate', () => {
  it('that stands for itself', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end();
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const root = selfIssued(`http://127.0.0.1:${port}/x.crl`);
    const params = { own: own(root), further: [], trust: { anchors: [], online: true } };
    expect(await client.refusal('recipients.inspect', params)).toMatchObject({
      recipients: [{ name: '测试 TEST' }],
    });
    expect(await client.refusal('recipients.inspect', { ...params, trust: world.trust })).toBe(
      'RECIPIENT_UNTRUSTED',
    );
    expect(asked).toBe(0);
  });

  it('where no authority is configured, or nobody may be asked', async () => {
    const before = world.asked();
    const { own: bidder } = world.bidder();
    for (const trust of [noTrust, { anchors: [], online: true }, { ...world.trust, online: false }]) {
      await client.call('recipients.inspect', { own: bidder, further: [], trust });
    }
    expect(world.asked()).toBe(before);
  });
});
