import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate as OtherCertificate, KeyUsage } from '@peculiar/asn1-x509';
import { describe, expect, it, test, vi } from 'vitest';
import { issueSigningCertificate } from '../../../src/gm/certificate-builder.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import {
  encode,
  encodeObjectIdentifier,
  encodeOctetString,
  encodePrintableString,
  encodeSequence,
  encodeUtf8String,
} from '../../../src/gm/der-encode.ts';
import { parseDer, tags } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { refusalOf } from './refusal-of.ts';
import { issueRoot, issueSubscriber, moment, reissue, replaceBytes, type IssueOptions } from './test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const sound = issueSubscriber(root);
const flag = (value: number) => encode(tags.boolean, Uint8Array.of(value));
const extra = (id: string, value: Uint8Array, critical = false): IssueOptions => ({
  extraExtensions: [{ id, value, critical }],
});

/** The certificate with another value in one extension, all lengths right; its signature no longer holds. */
function withExtensionValue(der: Uint8Array, id: string, value: Uint8Array): Uint8Array {
  const { tag, children, raw } = parseDer(der);
  const [first, ...rest] = children;
  if (first === undefined) return raw;
  if (toHex(first.raw) !== toHex(encodeObjectIdentifier(id))) {
    return encode(tag, ...children.map((child) => withExtensionValue(child.raw, id, value)));
  }
  return encode(tag, first.raw, ...rest.slice(0, -1).map((part) => part.raw), encodeOctetString(value));
}

/** The common name's part of the subject's text, in a certificate issued to that name. */
function textOf(commonName: string): string | undefined {
  const { certificate } = issueSubscriber(root, 'signing', { commonName });
  return parseCertificate(certificate).subject.text.split(',OU=')[0];
}

function unknownIn(critical: boolean): readonly string[] {
  const { certificate } = issueSubscriber(root, 'signing', extra('1.2.3.4', fromHex('0500'), critical));
  return parseCertificate(certificate).unknownCritical;
}

function creditCodeIn(extension: Uint8Array): string | undefined {
  const certificate = issueSigningCertificate({
    subject: { commonName: '无代码' },
    issuer: root,
    publicKey: generateSm2KeyPair().publicKey,
    notBefore: moment,
    notAfter: moment,
    ...extra(oid.organizationCode, extension),
  });
  return parseCertificate(certificate).creditCode;
}

describe('a certificate is refused by name', () => {
  it('at every truncation', () => {
    const { certificate } = sound;
    for (let length = 0; length < certificate.length; length += 1) {
      expect(refusalOf(() => parseCertificate(certificate.subarray(0, length)))).toBe('DerError: truncated');
    }
  });

  it('with any single byte altered, or read; nothing else happens', () => {
    for (let index = 0; index < sound.certificate.length; index += 1) {
      const altered = sound.certificate.slice();
      altered[index] = (altered[index] ?? 0) ^ 0xff;
      expect(() => refusalOf(() => parseCertificate(altered))).not.toThrow();
    }
  });

  it('with bytes after it: trailingBytes', () => {
    const longer = concatBytes(sound.certificate, Uint8Array.of(0));
    expect(refusalOf(() => parseCertificate(longer))).toBe('DerError: trailingBytes');
  });

  it('above 64 KiB: tooLong', () => {
    const huge = extra('1.2.3', encodeOctetString(new Uint8Array(66_000)));
    expect(refusalOf(() => parseCertificate(issueSubscriber(root, 'signing', huge).certificate))).toBe(
      'DerError: tooLong',
    );
  });

  it('with a public key off the curve: pointOffCurve', () => {
    const moved = sound.publicKey.slice();
    moved[64] = (moved[64] ?? 0) ^ 1;
    const certificate = reissue(sound.certificate, root.privateKey, sound.publicKey, moved);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('CertificateError: pointOffCurve');
  });

  it('with a public key in hybrid form: unsupportedKey', () => {
    const hybrid = concatBytes(Uint8Array.of(6), sound.publicKey.subarray(1));
    const certificate = reissue(sound.certificate, root.privateKey, sound.publicKey, hybrid);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('CertificateError: unsupportedKey');
  });

  it('with a key of another curve: unsupportedKey', () => {
    const sm2 = encodeObjectIdentifier(oid.sm2);
    const other = encodeObjectIdentifier('1.2.156.10197.1.302');
    const certificate = reissue(sound.certificate, root.privateKey, sm2, other);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('CertificateError: unsupportedKey');
  });

  it('of version 2: unsupportedVersion', () => {
    const [version3, version2] = [fromHex('a003020102'), fromHex('a003020101')];
    const certificate = reissue(sound.certificate, root.privateKey, version3, version2);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('CertificateError: unsupportedVersion');
  });

  it('whose two signature algorithms differ: algorithmMismatch', () => {
    const algorithm = encodeObjectIdentifier(oid.sm2WithSm3);
    const other = encodeObjectIdentifier('1.2.156.10197.1.502');
    const certificate = replaceBytes(sound.certificate, algorithm, other);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('CertificateError: algorithmMismatch');
  });

  it('with a negative serial number: negativeInteger', () => {
    const serial = fromHex(parseCertificate(sound.certificate).serialNumber);
    const negative = serial.slice();
    negative[0] = (negative[0] ?? 0) | 0x80;
    const certificate = reissue(sound.certificate, root.privateKey, serial, negative);
    expect(refusalOf(() => parseCertificate(certificate))).toBe('DerError: negativeInteger');
  });

  it('with an extension twice: unexpectedElement', () => {
    const { certificate } = issueSubscriber(root, 'signing', extra(oid.keyUsage, fromHex('03020780')));
    expect(refusalOf(() => parseCertificate(certificate))).toBe('DerError: unexpectedElement');
  });

  test.each([
    ['no bits', '030100'],
    ['a tenth bit', '030405ffffe0'],
    ['bits above decipherOnly alone', '0303060040'],
  ])('with a key usage of %s: malformedBitString', (_, hex) => {
    const certificate = withExtensionValue(sound.certificate, oid.keyUsage, fromHex(hex));
    expect(refusalOf(() => parseCertificate(certificate))).toBe('DerError: malformedBitString');
  });
});

describe('keys of others are refused by name', () => {
  test.each([
    ['RSA', ['-newkey', 'rsa:2048', '-sha256'], 'unsupportedSignature'],
    ['P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256'], 'unsupportedSignature'],
  ])('%s', async (_, args, reason) => {
    const request = ['req', '-x509', '-nodes', '-subj', '/CN=x', '-keyout', '-', '-outform', 'DER'];
    const output = await openssl([...request, ...args]);
    const der = new Uint8Array(output.subarray(output.indexOf(Uint8Array.of(0x0a, 0x30, 0x82)) + 1));
    expect(refusalOf(() => parseCertificate(der))).toBe(`CertificateError: ${reason}`);
  });
});

describe('a certificate is read', () => {
  const certificate = parseCertificate(sound.certificate);

  it('with names, validity, key and usage', () => {
    expect(certificate).toMatchObject({
      subject: {
        text: 'CN=张三,OU=投标部,O=湛江某建设有限公司,C=CN',
        commonName: '张三',
        organization: '湛江某建设有限公司',
      },
      issuer: { text: 'CN=测试根,O=测试机构,C=CN' },
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      publicKey: sound.publicKey,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      creditCode: '91440800MA4UABCD12',
      unknownCritical: [],
      raw: sound.certificate,
    });
    expect(certificate.basicConstraints).toBeUndefined();
  });

  it('as another implementation reads it', () => {
    const { tbsCertificate: other } = AsnConvert.parse(sound.certificate, OtherCertificate);
    const usage = other.extensions?.find(({ extnID }) => extnID === oid.keyUsage)?.extnValue;
    expect(certificate.serialNumber).toBe(toHex(new Uint8Array(other.serialNumber)));
    expect(certificate.notBefore).toEqual(other.validity.notBefore.getTime());
    expect(certificate.notAfter).toEqual(other.validity.notAfter.getTime());
    expect(toHex(certificate.subject.raw)).toBe(toHex(new Uint8Array(AsnConvert.serialize(other.subject))));
    expect(toHex(certificate.issuer.raw)).toBe(toHex(new Uint8Array(AsnConvert.serialize(other.issuer))));
    expect(toHex(certificate.tbs)).toBe(toHex(new Uint8Array(AsnConvert.serialize(other))));
    expect(certificate.publicKey).toEqual(new Uint8Array(other.subjectPublicKeyInfo.subjectPublicKey));
    expect(certificate.keyUsage).toEqual(
      AsnConvert.parse(usage?.buffer ?? new ArrayBuffer(0), KeyUsage).toJSON(),
    );
  });

  it('with an authority’s constraints', () => {
    const authority = parseCertificate(root.certificate);
    expect(authority.basicConstraints).toEqual({ ca: true });
    expect(authority.keyUsage).toEqual(['keyCertSign', 'cRLSign']);
    expect(authority.authorityKeyIdentifier).toEqual(authority.subjectKeyIdentifier);
  });

  it('frozen, and apart from the bytes it came from', () => {
    const bytes = sound.certificate.slice();
    const parsed = parseCertificate(bytes);
    bytes.fill(0);
    expect(Object.isFrozen(parsed)).toBe(true);
    expect(parsed.publicKey).toEqual(sound.publicKey);
  });

  it('naming critical extensions that are not understood, and passing over others', () => {
    expect(unknownIn(true)).toEqual(['1.2.3.4']);
    expect(unknownIn(false)).toEqual([]);
  });

  it('with the http addresses of its revocation lists, and the names of all points for every reason', () => {
    const points = (...urls: string[]) => {
      const names = urls.map((url) => encode(0x86, utf8(url)));
      return encode(0xa0, encode(0xa0, ...names));
    };
    const url = 'http://ca.example/1.crl';
    const value = encodeSequence(
      encodeSequence(points(url, 'ldap://ca.example/cn=1', 'javascript:1', 'http://例子/')),
      encodeSequence(points(url, 'https://ca.example/1.crl')),
      encodeSequence(points('http://ca.example/some-reasons.crl'), fromHex('81020640')),
      encodeSequence(points('http://other.example/indirect.crl'), encode(0xa2)),
      encodeSequence(fromHex('a002a100')),
    );
    const options = extra(oid.crlDistributionPoints, value, true);
    const parsed = parseCertificate(issueSubscriber(root, 'signing', options).certificate);
    expect(parsed.crlDistributionPoints).toEqual([url, 'https://ca.example/1.crl']);
    expect(parsed.crlDistributionNames.length).toBe(6);
    expect(parsed.unknownCritical).toEqual([]);
    const built = issueSubscriber(root, 'signing', { crlDistributionPoints: [url] });
    expect(parseCertificate(built.certificate).crlDistributionPoints).toEqual([url]);
    expect(parseCertificate(sound.certificate).crlDistributionPoints).toEqual([]);
  });

  it('with a default FALSE written out, as authorities in the field do', () => {
    const { certificate: der } = issueSubscriber(
      root,
      'signing',
      extra(oid.basicConstraints, encodeSequence(flag(0))),
    );
    expect(parseCertificate(der).basicConstraints).toEqual({ ca: false });
  });

  test.each([
    ['a UTF8String', encodeUtf8String('91440800MA4UABCD12'), '91440800MA4UABCD12'],
    ['a nine-digit organisation code', encodePrintableString('123456789'), undefined],
    ['letters that no code has', encodePrintableString('9144080OMA4UABCDI2'), undefined],
    ['no string', fromHex('020105'), undefined],
    ['no DER', utf8('91440800MA4UABCD12'), undefined],
  ])('with a credit code in %s', (_, value, code) => {
    expect(creditCodeIn(value)).toBe(code);
  });
});

describe('a name as text', () => {
  test.each([
    ['a, b', String.raw`CN=a\, b`],
    ['#1', String.raw`CN=\#1`],
    [' x ', String.raw`CN=\ x\ `],
    ['a+b="c"', String.raw`CN=a\+b=\"c\"`],
    ['a\\b', String.raw`CN=a\\b`],
    ['a\nb', String.raw`CN=a\0ab`],
  ])('%j keeps to one line and one reading', (commonName, text) => {
    expect(textOf(commonName)).toBe(text);
  });
});
