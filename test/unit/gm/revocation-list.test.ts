import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import {
  encode,
  encodeBitString,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { contextTag, parseDer } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { createRevocationList } from '../../../src/gm/revocation-list-builder.ts';
import { parseRevocationList } from '../../../src/gm/revocation-list.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { fromHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { refusalOf } from './refusal-of.ts';
import { issueRoot, issueSubscriber, toPem } from './test-pki.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const subscriber = issueSubscriber(root);
const { serialNumber } = parseCertificate(subscriber.certificate);
const thisUpdate = new Date('2026-06-30T00:00:00Z');
const nextUpdate = new Date('2026-07-07T00:00:00Z');
const revokedAt = new Date('2026-06-15T12:00:00Z');
const create = (entries: Parameters<typeof createRevocationList>[0]['entries']) =>
  createRevocationList({ issuer: root, thisUpdate, nextUpdate, number: 7n, entries });
const list = create([
  { serialNumber: '01', revokedAt },
  { serialNumber, revokedAt, reason: 'keyCompromise' },
]);

const algorithm = encodeSequence(encodeObjectIdentifier(oid.sm2WithSm3));
const name = parseCertificate(root.certificate).subject.raw;
const extension = (id: string, value: Uint8Array, critical = false) =>
  encodeSequence(
    encodeObjectIdentifier(id),
    ...(critical ? [fromHex('0101ff')] : []),
    encodeOctetString(value),
  );
/** A signed list of these fields behind the algorithm. */
function listOf(...fields: readonly Uint8Array[]): Uint8Array {
  const tbs = encodeSequence(encodeUnsignedInteger(1n), algorithm, ...fields);
  return encodeSequence(tbs, algorithm, encodeBitString(signSm2(root.privateKey, tbs)));
}
const usual = [name, encodeTime(thisUpdate), encodeTime(nextUpdate)];
const withEntry = (...fields: readonly Uint8Array[]) =>
  listOf(...usual, encodeSequence(encodeSequence(...fields)));
const withExtensions = (...extensions: readonly Uint8Array[]) =>
  listOf(...usual, encode(contextTag(0), encodeSequence(...extensions)));
const pointOf = (...fields: readonly Uint8Array[]) =>
  withExtensions(extension(oid.issuingDistributionPoint, encodeSequence(...fields), true));
const reason = (code: number) => encodeSequence(extension(oid.reasonCode, encode(0x0a, Uint8Array.of(code))));

describe('a revocation list is refused by name', () => {
  it('DerError at every truncation', () => {
    for (let length = 0; length < list.length; length += 1) {
      expect(refusalOf(() => parseRevocationList(list.subarray(0, length)))).toMatch(/^DerError/);
    }
  });

  test.each<[string, Uint8Array, string]>([
    ['a trailing byte', Uint8Array.of(...list, 0), 'DerError: trailingBytes'],
    ['a certificate', root.certificate, 'DerError: unexpectedElement'],
    [
      'version 1',
      encodeSequence(encodeSequence(algorithm, ...usual), algorithm, encodeBitString(new Uint8Array(8))),
      'RevocationListError: unsupportedVersion',
    ],
    [
      'version 3',
      encodeSequence(
        encodeSequence(encodeUnsignedInteger(2n), algorithm, ...usual),
        algorithm,
        encodeBitString(new Uint8Array(8)),
      ),
      'RevocationListError: unsupportedVersion',
    ],
    [
      'two algorithms',
      encodeSequence(
        encodeSequence(encodeUnsignedInteger(1n), encodeSequence(encodeObjectIdentifier(oid.sm2)), ...usual),
        algorithm,
        encodeBitString(new Uint8Array(8)),
      ),
      'RevocationListError: algorithmMismatch',
    ],
    ['no time', listOf(name), 'DerError: missingElement'],
    ['a field too many', listOf(...usual, ...usual, ...usual), 'DerError: unexpectedElement'],
    ['an entry without a date', withEntry(encodeUnsignedInteger(1n)), 'DerError: missingElement'],
    [
      'an entry that is no SEQUENCE',
      listOf(...usual, encodeSequence(fromHex('0500'))),
      'DerError: unexpectedElement',
    ],
    [
      'a critical extension that is not known',
      withExtensions(extension('1.2.3.4', fromHex('0500'), true)),
      'RevocationListError: unknownCritical',
    ],
    [
      'a delta',
      withExtensions(extension('2.5.29.27', encodeUnsignedInteger(1n), true)),
      'RevocationListError: unknownCritical',
    ],
    [
      'an entry of another issuer',
      withEntry(
        encodeUnsignedInteger(1n),
        encodeTime(revokedAt),
        encodeSequence(extension('2.5.29.29', encodeSequence(), true)),
      ),
      'RevocationListError: unknownCritical',
    ],
    [
      'a reason of delta lists',
      withEntry(encodeUnsignedInteger(1n), encodeTime(revokedAt), reason(8)),
      'DerError: unexpectedElement',
    ],
    [
      'one extension twice',
      withExtensions(
        extension(oid.crlNumber, encodeUnsignedInteger(1n)),
        extension(oid.crlNumber, encodeUnsignedInteger(2n)),
      ),
      'DerError: unexpectedElement',
    ],
    ['an indirect list', pointOf(fromHex('8401ff')), 'RevocationListError: unsupportedScope'],
    ['a list of some reasons', pointOf(fromHex('83020640')), 'RevocationListError: unsupportedScope'],
    ['a list of attribute certificates', pointOf(fromHex('8501ff')), 'RevocationListError: unsupportedScope'],
    [
      'a list of nothing',
      pointOf(fromHex('8101ff'), fromHex('8201ff')),
      'RevocationListError: unsupportedScope',
    ],
    ['a relative name', pointOf(fromHex('a002a100')), 'RevocationListError: unsupportedScope'],
  ])('%s', (_, der, refusal) => {
    expect(refusalOf(() => parseRevocationList(der))).toBe(refusal);
  });
});

describe('a revocation list', () => {
  it('says by whom, when and of which certificates it is', () => {
    const parsed = parseRevocationList(list);
    expect(parsed).toMatchObject({ thisUpdate, nextUpdate, number: 7n, scope: {}, size: 2, raw: list });
    expect(parsed.issuer.text).toBe('CN=测试根,O=测试机构,C=CN');
    expect(parsed.find(serialNumber)).toEqual({ revokedAt, reason: 'keyCompromise' });
    expect(parsed.find('01')).toEqual({ revokedAt, reason: 'unspecified' });
    expect(parsed.find('0001')).toEqual({ revokedAt, reason: 'unspecified' });
  });

  it('does not name a serial number that begins as a listed one, or has it within', () => {
    const parsed = parseRevocationList(create([{ serialNumber: '010203', revokedAt }]));
    expect(['01', '0102', '0203', '01020304'].map((serial) => parsed.find(serial))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('may be empty, and without a next update', () => {
    expect(parseRevocationList(create([])).size).toBe(0);
    const open = parseRevocationList(listOf(name, encodeTime(thisUpdate)));
    expect(open).not.toHaveProperty('nextUpdate');
  });

  it('tells which part of the certificates it covers', () => {
    const uri = encode(contextTag(6, 'primitive'), utf8('http://ca.example/1.crl'));
    const point = encode(contextTag(0), encode(contextTag(0), uri));
    expect(parseRevocationList(pointOf(point, fromHex('8101ff'))).scope).toEqual({
      only: 'subscribers',
      names: [uri],
    });
    expect(parseRevocationList(pointOf(fromHex('8201ff'))).scope).toEqual({ only: 'authorities' });
  });

  it('of 100,000 entries is read and searched without an object for each', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => {
      const time = encodeTime(revokedAt);
      return encodeSequence(encodeUnsignedInteger(BigInt(index) + 2n ** 64n), time, reason(1));
    });
    const large = listOf(...usual, encode(0x30, Buffer.concat(entries)));
    const before = process.memoryUsage().heapUsed;
    const parsed = parseRevocationList(large);
    const held = process.memoryUsage().heapUsed - before;
    expect(parsed.size).toBe(100_000);
    expect(parsed.find((99_999n + 2n ** 64n).toString(16))).toEqual({ revokedAt, reason: 'keyCompromise' });
    expect(parsed.find('02')).toBeUndefined();
    expect(held).toBeLessThan(150 * 2 ** 20);
  });
});

describe('the openssl command agrees', () => {
  it('with the contents and the signature', async () => {
    const folder = await createTemporaryFolder();
    const path = (file: string) => join(folder.path, file);
    try {
      await writeFile(path('list'), list);
      const text = await openssl(['crl', '-inform', 'DER', '-in', path('list'), '-noout', '-text']);
      const said = text.toString('utf8');
      expect(said).toContain('Signature Algorithm: SM2-with-SM3');
      expect(said).toContain(`Serial Number: ${serialNumber.toUpperCase()}`);
      expect(said).toContain('Key Compromise');
      expect(said).toContain('Next Update: Jul  7 00:00:00 2026 GMT');
      await writeFile(path('root.pem'), toPem('CERTIFICATE', root.certificate));
      await writeFile(path('key.pem'), await openssl(['x509', '-in', path('root.pem'), '-noout', '-pubkey']));
      const { tbs, signature } = parseRevocationList(list);
      await writeFile(path('tbs'), tbs);
      await writeFile(path('signature'), signature);
      const files = ['-pubin', '-inkey', path('key.pem'), '-in', path('tbs'), '-sigfile', path('signature')];
      const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
      const verified = await openssl(['pkeyutl', '-verify', ...files, ...options]);
      expect(verified.toString('utf8')).toContain('Verified Successfully');
    } finally {
      await folder.remove();
    }
  });

  it('that every field lies where RFC 5280 has it', () => {
    const [tbs] = parseDer(list).children;
    expect(tbs?.children.map(({ tag }) => tag)).toEqual([0x02, 0x30, 0x30, 0x17, 0x17, 0x30, 0xa0]);
  });
});
