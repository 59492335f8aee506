import { describe, expect, it } from 'vitest';
import { buildChain } from '../../../src/gm/certificate-chain.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { parseRevocationList } from '../../../src/gm/revocation-list.ts';
import { sm2PublicKey } from '../../../src/gm/sm2.ts';
import { toHex } from '../../../src/lib/bytes.ts';
import {
  centreName,
  createAuthority,
  type EncryptionWishes,
} from '../../../src/sandbox/authority/authority.ts';
import { testBidder, testSubscriber } from '../../support/test-subscriber.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 0, 15);
const authority = createAuthority(() => now);
const sound = testSubscriber(authority);

/** What is wrong with a bidder's encryption certificate. */
function judged({ pair }: typeof sound) {
  const { serialNumber, subject } = parseCertificate(pair.encryption);
  const chain = buildChain({
    leaf: pair.encryption,
    intermediates: pair.chain,
    anchors: [parseCertificate(authority.root)],
    at: new Date(now),
    purpose: 'encryption',
  });
  return {
    verdict: chain.ok ? 'sound' : chain.reason,
    revoked: parseRevocationList(authority.revocationList()).find(serialNumber) !== undefined,
    holder: subject.organization,
  };
}

const fine = { verdict: 'sound', revoked: false, holder: '湛江测试建设有限公司' };

describe('an encryption certificate that a test wants defective', () => {
  it.each<[EncryptionWishes, object]>([
    [{ defect: 'expired' }, { verdict: 'expired' }],
    [{ defect: 'notYetValid' }, { verdict: 'notYetValid' }],
    [{ defect: 'wrongUsage' }, { verdict: 'keyUsage' }],
    [{ defect: 'untrusted' }, { verdict: 'untrusted' }],
    [{ defect: 'revoked' }, { revoked: true }],
  ])('is wrong in that alone: %o', (encryption, wrong) => {
    const bidder = testBidder(authority, { encryption });
    expect(judged(bidder)).toEqual({ ...fine, ...wrong });
    expect(parseCertificate(bidder.pair.signing).keyUsage).toContain('digitalSignature');
  });

  it('ends when the test wants it to', () => {
    const { pair } = testBidder(authority, { encryption: { endsInDays: 3 } });
    expect(parseCertificate(pair.encryption).notAfter.getTime()).toBe(now + 3 * dayMs);
  });
});

describe('a renewed encryption certificate', () => {
  const publicKeyOf = ({ pair }: typeof sound) => toHex(parseCertificate(pair.encryption).publicKey);

  it.each([
    ['is of the same key', true],
    ['is of a new key', false],
  ])('%s where that is wished: %s', (_, sameKey) => {
    const renewed = sound.renewed({ sameKey });
    expect(judged(renewed)).toEqual(fine);
    expect(publicKeyOf(renewed) === publicKeyOf(sound)).toBe(sameKey);
    expect(toHex(sm2PublicKey(renewed.encryptionCredential.privateKey))).toBe(publicKeyOf(renewed));
    expect(renewed.pair.signing).toBe(sound.pair.signing);
  });
});

describe('the trading centre', () => {
  it('has a pair of its own, with keys that fit', () => {
    const centre = authority.issueCentre();
    for (const { certificate, privateKey } of [centre.signing, centre.encryption]) {
      const { subject, publicKey } = parseCertificate(certificate);
      expect(subject.organization).toBe(centreName);
      expect(toHex(sm2PublicKey(privateKey))).toBe(toHex(publicKey));
    }
    expect(parseCertificate(centre.encryption.certificate).keyUsage).toContain('keyEncipherment');
    expect(parseCertificate(centre.signing.certificate).keyUsage).toContain('digitalSignature');
  });
});
