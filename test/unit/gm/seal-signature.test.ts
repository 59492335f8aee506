import { unzipSync } from 'fflate';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import {
  encode,
  encodeBitString,
  encodeIa5String,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
  encodeUtf8String,
} from '../../../src/gm/der-encode.ts';
import { parseDer } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import {
  createSealToBeSigned,
  parseSealSignature,
  sealSignatureHolds,
} from '../../../src/gm/seal-signature.ts';
import { sealAllows, verifySealMaker } from '../../../src/gm/seal.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { fromHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { projectPath } from '../../support/project-paths.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { refusalOf } from './refusal-of.ts';
import { issueSubscriber, moment, replaceBytes, toPem } from './test-pki.ts';
import {
  holder,
  maker,
  makeSeal,
  makeSealSignature,
  sealedBytes,
  sealIssuer,
  toBeSealed,
} from './test-seals.ts';

vi.setConfig({ testTimeout: 60_000 });

const toBeSigned = toBeSealed();
const signed = makeSealSignature(toBeSigned);
const number = (value: number) => encodeUnsignedInteger(BigInt(value));

/** The signature with one field of its outer or its signed SEQUENCE changed. */
function withField(where: 'outer' | 'signed', index: number, value: Uint8Array): Uint8Array {
  const outer = parseDer(signed).children.map(({ raw }) => raw);
  if (where === 'outer') return encodeSequence(...outer.with(index, value));
  const inner = parseDer(outer[0] ?? signed).children.map(({ raw }) => raw);
  return encodeSequence(encodeSequence(...inner.with(index, value)), ...outer.slice(1));
}

describe('a seal’s signature is refused by name', () => {
  it('DerError at every truncation', () => {
    for (let length = 0; length < signed.length; length += 1) {
      expect(refusalOf(() => parseSealSignature(signed.subarray(0, length)))).toMatch(/^DerError/);
    }
  });

  test.each<[string, Uint8Array, string]>([
    ['a trailing byte', Uint8Array.of(...signed, 0), 'DerError: trailingBytes'],
    ['version 5', withField('signed', 0, number(5)), 'SealError: unsupportedVersion'],
    [
      'version 1 around a seal of version 4',
      withField('signed', 0, number(1)),
      'SealError: unsupportedVersion',
    ],
    ['no seal', withField('signed', 1, encodeSequence()), 'DerError: missingElement'],
    [
      'a digest of 20 bytes',
      withField('signed', 3, encodeBitString(new Uint8Array(20))),
      'SealError: unsupportedAlgorithm',
    ],
    [
      'a time that is none',
      withField('signed', 2, encode(0x18, utf8('20261301000000Z'))),
      'DerError: malformedTime',
    ],
    [
      'another algorithm',
      withField('outer', 2, encodeObjectIdentifier(oid.sm2)),
      'SealError: unsupportedAlgorithm',
    ],
    [
      'a certificate that is none',
      withField('outer', 1, encodeOctetString(fromHex('3000'))),
      'DerError: missingElement',
    ],
  ])('%s', (_, der, refusal) => {
    expect(refusalOf(() => parseSealSignature(der))).toBe(refusal);
  });
});

describe('a seal’s signature does not hold', () => {
  test.each<[string, Uint8Array]>([
    ['over another digest', withField('signed', 3, encodeBitString(sm3(utf8('x'))))],
    ['over another time', withField('signed', 2, encode(0x18, utf8('20260701080001Z')))],
    ['over another place', withField('signed', 4, encodeIa5String('/Doc_1/Signature.xml'))],
    ['over another seal of the same holder', withField('signed', 1, makeSeal({ sealId: '2' }))],
    [
      'over a seal with another picture',
      replaceBytes(signed, fromHex('89504e470d0a1a0a'), fromHex('89504e470d0a1a0b')),
    ],
    ['by another certificate', withField('outer', 1, encodeOctetString(maker.certificate))],
    ['when it is empty', withField('outer', 3, encodeBitString(new Uint8Array()))],
  ])('%s', (_, der) => {
    expect(sealSignatureHolds(parseSealSignature(der))).toBe(false);
  });
});

it('a holder’s altered picture breaks the maker’s signature even when the signer signs anew', () => {
  const altered = replaceBytes(makeSeal(), fromHex('89504e470d0a1a0a'), fromHex('89504e470d0a1a0b'));
  const parsed = parseSealSignature(makeSealSignature(toBeSealed({ seal: altered })));
  expect(sealSignatureHolds(parsed)).toBe(true);
  expect(verifySealMaker(parsed.seal, { anchors: [], at: moment }).signatureHolds).toBe(false);
});

it('a signer whom the seal does not list holds a signature and no right to the seal', () => {
  const stranger = issueSubscriber(sealIssuer);
  const parsed = parseSealSignature(makeSealSignature(toBeSigned, stranger));
  expect(sealSignatureHolds(parsed)).toBe(true);
  expect(sealAllows(parsed.seal, parsed.signerCertificate.raw)).toBe(false);
});

describe('what is to be signed is not made', () => {
  test.each([
    ['of a digest that is not SM3’s', { dataHash: new Uint8Array(20) }],
    ['with a place that is not ASCII', { propertyInfo: '签章' }],
  ])('%s', (_, change) => {
    expect(() => toBeSealed(change)).toThrow(RangeError);
  });

  it('over bytes that are no seal', () => {
    expect(refusalOf(() => toBeSealed({ seal: fromHex('3000') }))).toBe('DerError: missingElement');
  });
});

describe('a seal’s signature', () => {
  it('holds over what the signer saw', () => {
    const parsed = parseSealSignature(signed);
    expect(parsed).toMatchObject({
      version: 'V4',
      time: moment,
      dataHash: sm3(sealedBytes),
      propertyInfo: '/Doc_0/Signs/Sign_0/Signature.xml',
      signerCertificate: { raw: holder.certificate },
      seal: { sealId: 'ZJ4408000001' },
      toBeSigned,
      raw: signed,
    });
    expect(sealSignatureHolds(parsed)).toBe(true);
    expect(sealAllows(parsed.seal, parsed.signerCertificate.raw)).toBe(true);
  });

  it('may carry a time stamp, which is passed over', () => {
    const stamp = encode(0xa0, encodeBitString(utf8('stamp')));
    const stamped = encodeSequence(...parseDer(signed).children.map(({ raw }) => raw), stamp);
    expect(sealSignatureHolds(parseSealSignature(stamped))).toBe(true);
  });

  const oldInfo = encodeSequence(
    encodeSequence(encodeIa5String('ES'), number(1), encodeIa5String('V')),
    encodeIa5String('1'),
    encodeSequence(
      number(1),
      encodeUtf8String('旧章'),
      encodeSequence(encodeOctetString(holder.certificate)),
      ...Array.from({ length: 3 }, () => encodeTime(moment)),
    ),
    encodeSequence(encodeIa5String('png'), encodeOctetString(utf8('x')), number(40), number(40)),
  );
  const makerParts = [encodeOctetString(maker.certificate), encodeObjectIdentifier(oid.sm2WithSm3)];
  const oldSeal = encodeSequence(
    oldInfo,
    encodeSequence(
      ...makerParts,
      encodeBitString(signSm2(maker.privateKey, encodeSequence(oldInfo, ...makerParts))),
    ),
  );

  test.each<[string, Uint8Array, Date | undefined]>([
    ['a DER time', encodeTime(moment), moment],
    ['characters of a UTCTime', utf8('260701080000Z'), moment],
    ['characters of a GeneralizedTime', utf8('20260701080000Z'), moment],
    ['a time stamp', fromHex('3003020101'), undefined],
  ])('of GM/T 0031 is read, with %s', (_, timeInfo, time) => {
    const toSign = encodeSequence(
      number(1),
      oldSeal,
      encodeBitString(timeInfo),
      encodeBitString(sm3(sealedBytes)),
      encodeIa5String('/Signature.xml'),
      encodeOctetString(holder.certificate),
      encodeObjectIdentifier(oid.sm2WithSm3),
    );
    const old = encodeSequence(toSign, encodeBitString(signSm2(holder.privateKey, toSign)));
    const parsed = parseSealSignature(old);
    expect(parsed).toMatchObject({ version: 'V1', signerCertificate: { raw: holder.certificate } });
    expect(parsed.time).toEqual(time);
    expect(sealSignatureHolds(parsed)).toBe(true);
  });

  it('of GM/T 0031 is not made anew', () => {
    expect(
      refusalOf(() =>
        createSealToBeSigned({ seal: oldSeal, dataHash: sm3(sealedBytes), propertyInfo: '', time: moment }),
      ),
    ).toBe('SealError: unsupportedVersion');
  });
});

describe('the openssl command agrees', () => {
  it('with structure and signature', async () => {
    const folder = await createTemporaryFolder();
    const path = (name: string) => join(folder.path, name);
    try {
      await writeFile(path('signed'), signed);
      const said = (await openssl(['asn1parse', '-inform', 'DER', '-in', path('signed')])).toString('utf8');
      const types = [...said.matchAll(/d=([0-2])\s.*?(?:prim|cons): ([A-Z0-9 ]+?)\s*(?::|$|\[)/gm)];
      expect(types.map(([, depth, type]) => `${depth} ${type}`)).toEqual([
        '0 SEQUENCE',
        '1 SEQUENCE',
        '2 INTEGER',
        '2 SEQUENCE',
        '2 GENERALIZEDTIME',
        '2 BIT STRING',
        '2 IA5STRING',
        '1 OCTET STRING',
        '1 OBJECT',
        '1 BIT STRING',
      ]);
      await openssl([
        'asn1parse',
        '-inform',
        'DER',
        '-in',
        path('signed'),
        '-strparse',
        '4',
        '-noout',
        '-out',
        path('toBeSigned'),
      ]);
      await writeFile(path('certificate.pem'), toPem('CERTIFICATE', holder.certificate));
      await writeFile(
        path('key.pem'),
        await openssl(['x509', '-in', path('certificate.pem'), '-noout', '-pubkey']),
      );
      await writeFile(path('signature'), parseSealSignature(signed).signature);
      const files = [
        '-pubin',
        '-inkey',
        path('key.pem'),
        '-in',
        path('toBeSigned'),
        '-sigfile',
        path('signature'),
      ];
      const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
      const verified = await openssl(['pkeyutl', '-verify', ...files, ...options]);
      expect(verified.toString('utf8')).toContain('Verified Successfully');
    } finally {
      await folder.remove();
    }
  });
});

describe('the seal of an OFD that another program sealed', () => {
  const sample = projectPath('../shared/data/v4signed.ofd');
  const folder = 'Doc_0/Signs/Sign_0';

  it.skipIf(!existsSync(sample))('holds over the document’s Signature.xml', async () => {
    const files = unzipSync(new Uint8Array(await readFile(sample)));
    const value = files[`${folder}/SignedValue.dat`] ?? new Uint8Array();
    const xml = files[`${folder}/Signature.xml`] ?? new Uint8Array();
    const parsed = parseSealSignature(value);
    expect(parsed).toMatchObject({
      version: 'V4',
      propertyInfo: `/${folder}/Signature.xml`,
      time: new Date('2020-10-10T07:11:20Z'),
      dataHash: sm3(xml),
      seal: { vendorId: 'GOMAIN', picture: { type: 'ofd', widthMm: 30, heightMm: 20 } },
    });
    expect(sealSignatureHolds(parsed)).toBe(true);
    expect(sealAllows(parsed.seal, parsed.signerCertificate.raw)).toBe(true);
    const at = new Date('2020-10-10T07:11:20Z');
    expect(verifySealMaker(parsed.seal, { anchors: [], at }).signatureHolds).toBe(true);
  });

  it.skipIf(!existsSync(sample))('does not hold with a byte of its picture flipped', async () => {
    const files = unzipSync(new Uint8Array(await readFile(sample)));
    const value = (files[`${folder}/SignedValue.dat`] ?? new Uint8Array()).slice();
    const altered = value.with(2_000, (value[2_000] ?? 0) ^ 1);
    const parsed = parseSealSignature(altered);
    expect(sealSignatureHolds(parsed)).toBe(false);
  });
});
