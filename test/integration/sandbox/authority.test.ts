import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { parseSeal, sealAllows, verifySealMaker } from '../../../src/gm/seal.ts';
import { createAuthority } from '../../../src/sandbox/authority/authority.ts';
import { openssl } from '../../support/openssl.ts';
import { testSubscriber } from '../../support/test-subscriber.ts';

const authority = createAuthority(Date.now, () => 'http://127.0.0.1:1/revocation.crl');
const sound = testSubscriber(authority);
const anchors = [parseCertificate(authority.root)];

const verdictOf = ({ seals, pair }: typeof sound, index = 0) => {
  const seal = parseSeal(seals[index]?.seal ?? new Uint8Array());
  const { signatureHolds, chain } = verifySealMaker(seal, {
    anchors,
    intermediates: pair.chain,
    at: new Date(),
  });
  return {
    signatureHolds,
    trusted: chain.ok,
    valid: seal.validFrom.getTime() <= Date.now() && Date.now() <= seal.validTo.getTime(),
    allowed: sealAllows(seal, pair.signing),
  };
};

const fine = { signatureHolds: true, trusted: true, valid: true, allowed: true };

describe('a defective seal', () => {
  it.each([
    ['expired', { valid: false }],
    ['otherHolder', { allowed: false }],
    ['alteredPicture', { signatureHolds: false }],
    ['untrustedMaker', { trusted: false }],
  ] as const)('is wrong in that alone: %s', (defect, wrong) => {
    const defective = testSubscriber(authority, undefined, defect);
    expect(verdictOf(defective)).toEqual({ ...fine, ...wrong });
    expect(verdictOf(defective, 1)).toEqual({ ...fine, ...wrong });
  });
});

describe('the seals of a test company', () => {
  it('are sound, and say that they are a test', () => {
    expect(verdictOf(sound)).toEqual(fine);
    expect(verdictOf(sound, 1)).toEqual(fine);
    for (const { name, seal } of sound.seals) {
      expect(name).toContain('测试 TEST');
      expect(parseSeal(seal).name).toBe(name);
      expect(parseSeal(seal).makerCertificate.subject.commonName).toBe('制章人 TEST');
    }
  });

  it('have pictures in their size, with a ground that shows through', () => {
    for (const { seal } of sound.seals) {
      const { picture } = parseSeal(seal);
      const png = PNG.sync.read(Buffer.from(picture.data));
      const pixels = Math.round((picture.widthMm / 25.4) * 300);
      expect([png.width, png.height]).toEqual([pixels, pixels]);
      const opacities = new Set(png.data.filter((_, index) => index % 4 === 3));
      expect(opacities.has(0)).toBe(true);
      expect(opacities.has(255)).toBe(true);
    }
  });
});

describe('the revocation list', () => {
  it('is where the certificates say, and lists nobody at first', async () => {
    const { crlDistributionPoints } = parseCertificate(sound.pair.signing);
    expect(crlDistributionPoints).toEqual(['http://127.0.0.1:1/revocation.crl']);
    expect(await describeList()).toContain('No Revoked Certificates');
  });

  it('reads under openssl, and lists who was revoked', async () => {
    const revoked = testSubscriber(authority);
    authority.revoke(revoked.pair.serial);
    expect(await describeList()).toMatch(new RegExp(`Serial Number: ${revoked.pair.serial}`, 'i'));
    expect(await describeList()).not.toMatch(new RegExp(sound.pair.serial, 'i'));
  });
});

/** What openssl reads in the list. */
async function describeList(): Promise<string> {
  const text = await openssl(['crl', '-inform', 'DER', '-noout', '-text'], authority.revocationList());
  return text.toString('utf8');
}
