import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
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
import { parseSeal, sealAllows, verifySealMaker } from '../../../src/gm/seal.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { projectPath } from '../../support/project-paths.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { refusalOf } from './refusal-of.ts';
import { issueRoot, issueSubscriber, moment, replaceBytes } from './test-pki.ts';
import { holder, maker, makeSeal, sealIssuer, sealRoot } from './test-seals.ts';

vi.setConfig({ testTimeout: 60_000 });

const seal = makeSeal();
const trust = {
  anchors: [parseCertificate(sealRoot.certificate)],
  intermediates: [sealIssuer.certificate],
  at: moment,
};

/** The seal with the fields of one of its parts changed: `path` leads to the part by indices. */
function withPart(path: readonly number[], change: (fields: readonly Uint8Array[]) => readonly Uint8Array[]) {
  const rebuild = (der: Uint8Array, [index, ...rest]: readonly number[]): Uint8Array => {
    const fields = parseDer(der).children.map(({ raw }) => raw);
    if (index === undefined) return encodeSequence(...change(fields));
    return encodeSequence(...fields.map((field, at) => (at === index ? rebuild(field, rest) : field)));
  };
  return rebuild(seal, path);
}
const set = (index: number, value: Uint8Array) => (fields: readonly Uint8Array[]) =>
  fields.with(index, value);
const number = (value: number) => encodeUnsignedInteger(BigInt(value));

describe('a seal is refused by name', () => {
  it('DerError at every truncation', () => {
    for (let length = 0; length < seal.length; length += 1) {
      expect(refusalOf(() => parseSeal(seal.subarray(0, length)))).toMatch(/^DerError/);
    }
  });

  test.each<[string, Uint8Array, string]>([
    ['a trailing byte', Uint8Array.of(...seal, 0), 'DerError: trailingBytes'],
    ['version 5', withPart([0, 0], set(1, number(5))), 'SealError: unsupportedVersion'],
    ['version 0', withPart([0, 0], set(1, number(0))), 'SealError: unsupportedVersion'],
    ['of version 1 in the form of 4', withPart([0, 0], set(1, number(1))), 'DerError: unexpectedElement'],
    ['no seal at all', withPart([0, 0], set(0, encodeIa5String('XX'))), 'SealError: unsupportedVersion'],
    ['nobody listed', withPart([0, 2], set(3, encodeSequence())), 'SealError: malformedHolders'],
    [
      '257 listed',
      withPart(
        [0, 2],
        set(3, encodeSequence(...Array.from({ length: 257 }, () => encodeOctetString(fromHex('00'))))),
      ),
      'SealError: malformedHolders',
    ],
    ['a list of a third kind', withPart([0, 2], set(2, number(3))), 'SealError: malformedHolders'],
    ['certificates listed as digests', withPart([0, 2], set(2, number(2))), 'DerError: unexpectedElement'],
    [
      'a digest of 20 bytes',
      makeSeal({ holders: { digests: [new Uint8Array(20)] } }),
      'SealError: malformedHolders',
    ],
    [
      'an end before its beginning',
      makeSeal({ validTo: new Date('2025-01-01T00:00:00Z') }),
      'SealError: malformedValidity',
    ],
    [
      'a picture without bytes',
      withPart([0, 3], set(1, encodeOctetString(new Uint8Array()))),
      'SealError: malformedPicture',
    ],
    ['a picture without width', withPart([0, 3], set(2, number(0))), 'SealError: malformedPicture'],
    ['a picture of a kilometre', withPart([0, 3], set(3, number(1_000_000))), 'SealError: malformedPicture'],
    ['a negative height', withPart([0, 3], set(3, fromHex('0201ff'))), 'DerError: negativeInteger'],
    [
      'a field too many',
      withPart([], (fields) => [...fields, fromHex('0500')]),
      'DerError: unexpectedElement',
    ],
    [
      'a maker’s certificate that is none',
      withPart([], set(1, encodeOctetString(fromHex('3000')))),
      'DerError: missingElement',
    ],
    [
      'another signature algorithm',
      withPart([], set(2, encodeObjectIdentifier('1.2.840.113549.1.1.11'))),
      'SealError: unsupportedAlgorithm',
    ],
    ['more than 4 MiB', new Uint8Array(2 ** 22 + 1), 'DerError: tooLong'],
  ])('%s', (_, der, refusal) => {
    expect(refusalOf(() => parseSeal(der))).toBe(refusal);
  });
});

describe('the maker’s signature does not hold', () => {
  it('over a seal of which any byte of its information was altered', () => {
    const info = parseDer(seal).children[0]?.raw.length ?? 0;
    const outcomeOf = (der: Uint8Array) => {
      let holds: boolean | undefined;
      const says = refusalOf(() => {
        holds = verifySealMaker(parseSeal(der), trust).signatureHolds;
      });
      return says ?? `signature holds: ${holds}`;
    };
    expect(outcomeOf(seal)).toBe('signature holds: true');
    for (let index = 4; index < info + 4; index += 1) {
      const altered = seal.with(index, (seal[index] ?? 0) ^ 1);
      expect(outcomeOf(altered), `byte ${index}`).toMatch(/^(?:DerError|SealError|signature holds: false)/);
    }
  });

  it('over another picture, name or holder', () => {
    const picture = withPart([0, 3], set(1, encodeOctetString(fromHex('89504e470d0a1a0b'))));
    const name = withPart([0, 2], set(1, encodeUtf8String('另一公司公章')));
    const list = encodeSequence(encodeOctetString(maker.certificate));
    for (const altered of [picture, name, withPart([0, 2], set(3, list))]) {
      expect(verifySealMaker(parseSeal(altered), trust).signatureHolds).toBe(false);
    }
  });

  it('by another maker', () => {
    const swapped = withPart([], set(1, encodeOctetString(holder.certificate)));
    expect(verifySealMaker(parseSeal(swapped), trust).signatureHolds).toBe(false);
  });
});

it('a maker under no anchor is told as such, though the signature holds', () => {
  const anchors = [parseCertificate(issueRoot().certificate)];
  expect(verifySealMaker(parseSeal(seal), { ...trust, anchors })).toEqual({
    signatureHolds: true,
    chain: { ok: false, reason: 'untrusted' },
  });
});

describe('a seal does not allow', () => {
  it('a certificate that it does not list', () => {
    const stranger = issueSubscriber(sealIssuer);
    expect(sealAllows(parseSeal(seal), stranger.certificate)).toBe(false);
    const digests = makeSeal({ holders: { digests: [sm3(holder.certificate)] } });
    expect(sealAllows(parseSeal(digests), stranger.certificate)).toBe(false);
  });

  it('bytes that are the digest of a listed certificate', () => {
    expect(sealAllows(parseSeal(seal), sm3(holder.certificate))).toBe(false);
  });
});

describe('a seal', () => {
  it('says what it was made of, and is trusted under its maker’s anchor', () => {
    const parsed = parseSeal(seal);
    expect(parsed).toMatchObject({
      version: 'V4',
      sealId: 'ZJ4408000001',
      vendorId: 'CABridge',
      name: '湛江某建设有限公司公章',
      type: 1,
      validTo: new Date('2026-12-31T00:00:00Z'),
      picture: { type: 'png', data: fromHex('89504e470d0a1a0a'), widthMm: 42, heightMm: 30 },
      certificates: [holder.certificate],
      digests: [],
      makerCertificate: { raw: maker.certificate },
      raw: seal,
    });
    expect(verifySealMaker(parsed, trust)).toMatchObject({ signatureHolds: true, chain: { ok: true } });
    expect(sealAllows(parsed, holder.certificate)).toBe(true);
  });

  it('may list digests in place of certificates', () => {
    const parsed = parseSeal(makeSeal({ holders: { digests: [sm3(holder.certificate)] } }));
    expect(parsed).toMatchObject({ certificates: [], digests: [sm3(holder.certificate)] });
    expect(sealAllows(parsed, holder.certificate)).toBe(true);
  });

  it('of GM/T 0031 is read, its maker’s certificate and algorithm being signed too', () => {
    const time = encodeTime(moment);
    const info = encodeSequence(
      encodeSequence(encodeIa5String('ES'), number(1), encodeIa5String('V')),
      encodeIa5String('1'),
      encodeSequence(
        number(1),
        encodeUtf8String('旧章'),
        encodeSequence(encodeOctetString(holder.certificate)),
        time,
        time,
        time,
      ),
      encodeSequence(encodeIa5String('png'), encodeOctetString(utf8('x')), number(40), number(40)),
      encode(0xa0, encodeSequence()),
    );
    const signerParts = [encodeOctetString(maker.certificate), encodeObjectIdentifier(oid.sm2WithSm3)];
    const signature = signSm2(maker.privateKey, encodeSequence(info, ...signerParts));
    const parsed = parseSeal(
      encodeSequence(info, encodeSequence(...signerParts, encodeBitString(signature))),
    );
    expect(parsed).toMatchObject({ version: 'V1', name: '旧章', createdAt: moment });
    expect(verifySealMaker(parsed, trust).signatureHolds).toBe(true);
  });

  it('reads to openssl as GB/T 38540 has it', async () => {
    const folder = await createTemporaryFolder();
    try {
      const path = join(folder.path, 'seal');
      await writeFile(path, seal);
      const said = (await openssl(['asn1parse', '-inform', 'DER', '-in', path])).toString('utf8');
      const types = [...said.matchAll(/d=(\d)\s.*?(?:prim|cons): ([A-Z0-9 ]+?)\s*(?::|$|\[)/gm)];
      expect(types.map(([, depth, type]) => `${depth} ${type}`)).toEqual([
        '0 SEQUENCE',
        '1 SEQUENCE',
        '2 SEQUENCE',
        '3 IA5STRING',
        '3 INTEGER',
        '3 IA5STRING',
        '2 IA5STRING',
        '2 SEQUENCE',
        '3 INTEGER',
        '3 UTF8STRING',
        '3 INTEGER',
        '3 SEQUENCE',
        '4 OCTET STRING',
        '3 GENERALIZEDTIME',
        '3 GENERALIZEDTIME',
        '3 GENERALIZEDTIME',
        '2 SEQUENCE',
        '3 IA5STRING',
        '3 OCTET STRING',
        '3 INTEGER',
        '3 INTEGER',
        '1 OCTET STRING',
        '1 OBJECT',
        '1 BIT STRING',
      ]);
    } finally {
      await folder.remove();
    }
  });

  it('is a copy that does not change with the caller’s bytes', () => {
    const bytes = seal.slice();
    const parsed = parseSeal(bytes);
    bytes.fill(0);
    expect(toHex(parsed.raw)).toBe(toHex(seal));
  });
});

describe('seals that others made are read', () => {
  const at = new Date('2020-11-01T00:00:00Z');
  const read = async (name: string) =>
    parseSeal(new Uint8Array(await readFile(projectPath(`../shared/data/${name}`))));
  const isAbsent = !existsSync(projectPath('../shared/data/seal-v4.esl'));

  it.skipIf(isAbsent)('of GB/T 38540, with a maker’s signature that holds', async () => {
    const parsed = await read('seal-v4.esl');
    expect(parsed).toMatchObject({
      version: 'V4',
      name: 'OFD R&W 测试用印章',
      picture: { type: 'png', widthMm: 40, heightMm: 40 },
      createdAt: new Date('2020-04-22T02:09:00Z'),
    });
    expect(verifySealMaker(parsed, { anchors: [], at }).signatureHolds).toBe(true);
    const altered = parseSeal(replaceBytes(parsed.raw, utf8('测试用印章'), utf8('测试用印鉴')));
    expect(verifySealMaker(altered, { anchors: [], at }).signatureHolds).toBe(false);
  });

  it.skipIf(isAbsent)(
    'of Hebei, with untagged data of the vendor’s, whose expired maker did not sign it',
    async () => {
      const parsed = await read('seal-hebei.der');
      expect(parsed).toMatchObject({
        version: 'V4',
        name: '测试单位名称 合同专用章',
        picture: { type: 'gif', widthMm: 42, heightMm: 42 },
      });
      expect(parsed.certificates.length).toBe(2);
      expect(verifySealMaker(parsed, { anchors: [], at })).toEqual({
        signatureHolds: false,
        chain: { ok: false, reason: 'expired' },
      });
    },
  );
});
