import { describe, expect, it, test } from 'vitest';
import { encode, encodeHeader } from '../../../src/gm/der-encode.ts';
import { contextTag, tags } from '../../../src/gm/der.ts';
import { openEnvelope, parseEnvelope } from '../../../src/gm/enveloped-data.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { createSignedData } from '../../../src/gm/signed-data-builder.ts';
import { encryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import {
  build,
  content,
  holder,
  id,
  identifierOf,
  int,
  nullValue,
  octets,
  recipientInfo,
  recipientSet,
  root,
  sealed,
  sequence,
  type RecipientParts,
} from './enveloped-data-parts.ts';
import { refusalOf } from './refusal-of.ts';
import { issueRoot, issueSubscriber } from './test-pki.ts';

const other = issueSubscriber(root, 'encryption', { commonName: '李四' });
const primitive = contextTag(0, 'primitive');
const to = (parts: RecipientParts) => build({ recipients: recipientSet(recipientInfo(parts)) });
const open = (der: Uint8Array) => openEnvelope(parseEnvelope(der), holder);
const refusal = (der: Uint8Array) => refusalOf(() => open(der))?.replace('EnvelopeError: ', '');
const iv = new Uint8Array(16);
const cipherKey = (length: number) => octets(encryptSm2(holder.publicKey, new Uint8Array(length)));
const flip = (bytes: Uint8Array, index: number) =>
  Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte));

describe('an envelope is refused by name', () => {
  const encryptedKey = encryptSm2(holder.publicKey, new Uint8Array(16));
  const offCurve = sequence(int(5n), int(5n), octets(new Uint8Array(32)), octets(new Uint8Array(16)));
  const signed = createSignedData({ content, form: 'attached', signer: holder });
  const indefinite = concatBytes(Uint8Array.of(0x30, 0x80), build().subarray(4), new Uint8Array(2));
  const manyPieces = Uint8Array.from({ length: 60_000 }, (_, index) => [0x04, 0x01, 0x00][index % 3] ?? 0);
  test.each([
    ['no bytes', new Uint8Array(), 'malformed'],
    ['a signature', signed, 'notEnvelopedData'],
    ['indefinite length', indefinite, 'malformed'],
    ['trailing byte', concatBytes(build(), Uint8Array.of(0)), 'malformed'],
    ['more than 1 MiB', build({ encrypted: encode(primitive, new Uint8Array(2 ** 20)) }), 'tooLarge'],
    ['pieces without end', build({ encrypted: encode(contextTag(0), manyPieces) }), 'tooLarge'],
    ['type of the other family inside', build({ dataType: id(oid.pkcs7Data) }), 'malformed'],
    ['type of the other family outside', build({ type: id(oid.pkcs7EnvelopedData) }), 'malformed'],
    ['another type inside', build({ dataType: id(oid.gmSignedData) }), 'malformed'],
    ['version 2', build({ version: int(2n) }), 'unsupportedVersion'],
    ['version 257', build({ version: int(257n) }), 'unsupportedVersion'],
    ['negative version', build({ version: encode(tags.integer, Uint8Array.of(0xff)) }), 'unsupportedVersion'],
    ['version of another type', build({ version: octets(Uint8Array.of(1)) }), 'malformed'],
    ['originatorInfo', build({ originator: encode(contextTag(0)) }), 'malformed'],
    ['unprotected attributes', build({ end: encode(contextTag(1)) }), 'malformed'],
    ['shared info', build({ sharedInfo: encode(contextTag(1, 'primitive'), iv) }), 'malformed'],
    ['recipients in a SEQUENCE', build({ recipients: sequence(recipientInfo()) }), 'malformed'],
    ['no recipient', build({ recipients: recipientSet() }), 'noRecipient'],
    [
      'the same recipient twice',
      build({ recipients: recipientSet(recipientInfo(), recipientInfo()) }),
      'duplicateRecipient',
    ],
    [
      '65 recipients',
      build({
        recipients: recipientSet(
          ...Array.from({ length: 65 }, (_, serial) =>
            recipientInfo({ identifier: identifierOf(holder, BigInt(serial)) }),
          ),
        ),
      }),
      'tooManyRecipients',
    ],
    [
      'key agreement',
      build({ recipients: recipientSet(encode(contextTag(1), int(3n))) }),
      'unsupportedRecipient',
    ],
    [
      'subject key identifier',
      to({ version: int(2n), identifier: encode(primitive, iv) }),
      'unsupportedRecipient',
    ],
    ['recipient of version 2', to({ version: int(2n) }), 'unsupportedVersion'],
    [
      'RSA recipient',
      to({ algorithm: sequence(id('1.2.840.113549.1.1.1'), nullValue) }),
      'unsupportedRecipient',
    ],
    ['parameters of SM2', to({ algorithm: sequence(id(oid.sm2Encrypt), id(oid.sm2)) }), 'malformed'],
    ['more in a recipient', to({ end: nullValue }), 'malformed'],
    [
      'negative serial number',
      to({
        identifier: sequence(
          parseCertificate(holder.certificate).issuer.raw,
          encode(tags.integer, Uint8Array.of(0x80)),
        ),
      }),
      'malformed',
    ],
    ['issuer that is no name', to({ identifier: sequence(int(1n), int(1n)) }), 'malformed'],
    [
      'encrypted key in a BIT STRING',
      to({ encryptedKey: encode(tags.bitString, Uint8Array.of(0)) }),
      'malformed',
    ],
    ['encrypted key of 257 bytes', to({ encryptedKey: octets(new Uint8Array(257)) }), 'malformed'],
    ['AES', build({ algorithm: sequence(id('2.16.840.1.101.3.4.1.2'), octets(iv)) }), 'unsupportedAlgorithm'],
    ['SM4-ECB', build({ algorithm: sequence(id('1.2.156.10197.1.104.1')) }), 'unsupportedAlgorithm'],
    ['no initialisation vector', build({ algorithm: sequence(id(oid.sm4Cbc)) }), 'malformed'],
    [
      'short initialisation vector',
      build({ algorithm: sequence(id(oid.sm4Cbc), octets(iv.subarray(1))) }),
      'malformed',
    ],
    ['half a block', build({ encrypted: encode(primitive, sealed.subarray(8)) }), 'malformed'],
    ['empty content', build({ encrypted: encode(primitive) }), 'malformed'],
    ['empty content in pieces', build({ encrypted: encode(contextTag(0)) }), 'malformed'],
    ['pieces that are no strings', build({ encrypted: encode(contextTag(0), int(1n)) }), 'malformed'],
    ['content under an OCTET STRING', build({ encrypted: octets(sealed) }), 'malformed'],
    [
      'content twice',
      build({ encrypted: concatBytes(encode(primitive, sealed), encode(primitive, sealed)) }),
      'malformed',
    ],
    ['no content', build({ encrypted: new Uint8Array() }), 'contentMissing'],
    ['for somebody else', build({ recipients: recipientSet(recipientInfo({}, other)) }), 'notARecipient'],
    ['same issuer, other serial number', to({ identifier: identifierOf(holder, 7n) }), 'notARecipient'],
    ['point off the curve', to({ encryptedKey: octets(offCurve) }), 'keyNotOpened'],
    ['key for another’s key', to({ encryptedKey: octets(encryptSm2(other.publicKey, iv)) }), 'keyNotOpened'],
    [
      'key altered',
      to({ encryptedKey: octets(flip(encryptedKey, encryptedKey.length - 1)) }),
      'keyNotOpened',
    ],
    ['key that is no ciphertext', to({ encryptedKey: octets(iv) }), 'keyNotOpened'],
    ['key of 15 bytes', to({ encryptedKey: cipherKey(15) }), 'keyNotOpened'],
    ['key of 32 bytes', to({ encryptedKey: cipherKey(32) }), 'keyNotOpened'],
    ['another content key', to({ encryptedKey: cipherKey(16) }), 'contentNotOpened'],
    [
      'last block missing',
      build({ encrypted: encode(primitive, sealed.subarray(0, -16)) }),
      'contentNotOpened',
    ],
  ])('%s', (_, der, reason) => {
    expect(refusal(der)).toBe(reason);
  });

  it('at every truncation', () => {
    const der = build();
    for (let length = 0; length < der.length; length += 1) {
      expect(refusal(der.subarray(0, length)), `${length} bytes`).toBe('malformed');
    }
  });

  it('where a serial number is a megabyte long', () => {
    const { issuer } = parseCertificate(holder.certificate);
    const serialNumber = concatBytes(
      encodeHeader(tags.integer, 1_000_000),
      new Uint8Array(1_000_000).fill(1),
    );
    expect(refusal(to({ identifier: sequence(issuer.raw, serialNumber) }))).toBe('notARecipient');
  });

  it('and by nothing but its own errors, whichever byte is altered', () => {
    const der = build();
    const outcomes = Array.from(der, (_, index) => {
      try {
        open(flip(der, index));
        return 'opened';
      } catch (error) {
        return error instanceof Error ? error.name : 'no error';
      }
    });
    // Without a mac, an altered vector or block opens to something else.
    expect(new Set(outcomes)).toEqual(new Set(['EnvelopeError', 'opened']));
  });
});

describe('what other programs write is opened', () => {
  const half = sealed.length / 2;
  const pkcs7 = { type: id(oid.pkcs7EnvelopedData), dataType: id(oid.pkcs7Data) };
  test.each([
    ['names of RFC 5652', build(pkcs7)],
    [
      'its version numbers',
      build({ ...pkcs7, version: int(0n), recipients: recipientSet(recipientInfo({ version: int(0n) })) }),
    ],
    ['parameters NULL', to({ algorithm: sequence(id(oid.sm2Encrypt), nullValue) })],
    ['the identifier of signing for the key', to({ algorithm: sequence(id(oid.sm2Sign)) })],
    ['the identifier of the curve for the key', to({ algorithm: sequence(id(oid.sm2)) })],
    [
      'SM4 without its mode',
      build({
        algorithm: sequence(id(oid.sm4), octets(Uint8Array.from({ length: 16 }, (_, index) => 0x80 + index))),
      }),
    ],
    ['content in one piece', build({ encrypted: encode(contextTag(0), octets(sealed)) })],
    [
      'content in pieces of any length',
      build({
        encrypted: encode(
          contextTag(0),
          octets(sealed.subarray(0, half - 3)),
          octets(new Uint8Array()),
          octets(sealed.subarray(half - 3)),
        ),
      }),
    ],
    [
      'somebody else beside, with the same serial number from another authority',
      build({ recipients: recipientSet(sameSerialElsewhere(), recipientInfo()) }),
    ],
  ])('%s', (_, der) => {
    expect(open(der)).toEqual(content);
  });
});

function sameSerialElsewhere(): Uint8Array {
  const { issuer } = parseCertificate(issueSubscriber(issueRoot({ commonName: '别的根' })).certificate);
  const { serialNumber } = parseCertificate(holder.certificate);
  return recipientInfo({ identifier: sequence(issuer.raw, int(BigInt(`0x${serialNumber}`))) }, other);
}
