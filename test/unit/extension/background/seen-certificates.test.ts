import { expect, it, test } from 'vitest';
import { seenCertificates } from '../../../../src/extension/background/runners/seen-certificates.ts';
import { sm3 } from '../../../../src/gm/sm3.ts';
import { toBase64, toHex } from '../../../../src/lib/bytes.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { testSubscriber } from '../../../support/test-subscriber.ts';

const subscriber = testSubscriber(createAuthority(Date.now));
const certificate = toBase64(subscriber.pair.signing);
const encryptionCertificate = toBase64(subscriber.pair.encryption);
const seenAt = 1_800_000_000_000;

test.each(['', 'MAA=', 'not base64', 'A'.repeat(8_192)])(
  'what is no certificate is not noted: %j',
  (text) => {
    expect(
      seenCertificates('yue-qi-qian', { certificate: text, encryptionCertificate: text }, seenAt),
    ).toEqual([]);
  },
);

it('one that cannot be read keeps no other from being noted', () => {
  const seen = seenCertificates('yue-qi-qian', { certificate: 'MAA=', encryptionCertificate }, seenAt);
  expect(seen.map(({ purpose }) => purpose)).toEqual(['encryption']);
});

it('both are noted by purpose, with what tells them apart and how long they last', () => {
  const seen = seenCertificates('yun-you-cai', { certificate, encryptionCertificate }, seenAt);
  expect(seen).toMatchObject([
    { platform: 'yun-you-cai', purpose: 'signing', seenAt },
    { platform: 'yun-you-cai', purpose: 'encryption', seenAt },
  ]);
  const [signing, encryption] = seen.map((one) => one.certificate);
  expect(signing).toMatchObject({
    name: subscriber.organisation,
    creditCode: subscriber.pair.creditCode,
    serialNumber: subscriber.pair.serial,
    fingerprint: toHex(sm3(subscriber.pair.signing)),
  });
  expect(encryption?.fingerprint).toBe(toHex(sm3(subscriber.pair.encryption)));
  expect((signing?.notAfter ?? 0) > (signing?.notBefore ?? 0)).toBe(true);
});

it('a scan without an encryption certificate leaves the one before', () => {
  const seen = seenCertificates('yun-you-cai', { certificate }, seenAt);
  expect(seen.map(({ purpose }) => purpose)).toEqual(['signing']);
});
