import { randomBytes } from '@noble/hashes/utils.js';
import { concatBytes } from '../lib/bytes.ts';
import { parseCertificate, type Certificate } from './certificate.ts';
import {
  encodeHeader,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeUnsignedInteger,
} from './der-encode.ts';
import { contextTag, tags } from './der.ts';
import { EnvelopeError } from './enveloped-data-error.ts';
import { envelopeNames, type EnvelopeFlavour } from './enveloped-data-flavour.ts';
import { expectDistinct, maxEnvelopeRecipients } from './enveloped-data-message.ts';
import { oid } from './object-identifiers.ts';
import { encryptSm2 } from './sm2-encryption.ts';

export interface EnvelopeFrameRequest {
  /** Certificates whose keys open it, DER; 1 … 64, whether they may is not judged here. */
  readonly recipients: readonly Uint8Array[];
  /** Bytes of the content, 0 … 2^46. */
  readonly size: number;
  /** `gm` unless told. */
  readonly flavour?: EnvelopeFlavour;
}

/** All of a message but its content: `before` ‖ SM4-CBC(key, iv, content ‖ padding) is its DER. Nothing follows. */
export interface EnvelopeFrame {
  readonly before: Uint8Array;
  /** The content-encryption key, 16 bytes: fresh, secret, to be overwritten by who has encrypted with it. */
  readonly key: Uint8Array;
  /** 16 bytes, random. */
  readonly iv: Uint8Array;
  /** Bytes of the content with its padding, 1 to 16 more than `size` (RFC 5652 §6.3). */
  readonly encryptedSize: number;
}

/** Bytes; with padding and headers its lengths are still exact as numbers. */
const maxSize = 2 ** 46;

/**
 * Makes key and frame of an EnvelopedData inside its ContentInfo (GM/T 0010-2012 §9, GB/T 35275; RFC 5652 §6) whose
 * content is encrypted elsewhere, in pieces: definite lengths, the encrypted content one primitive string.
 * @throws EnvelopeError `noRecipient`, `tooManyRecipients`, `duplicateRecipient`
 * @throws DerError, CertificateError when a certificate cannot be read
 * @throws RangeError when `size` is no such number
 */
export function envelopeFrame({ recipients, size, flavour = 'gm' }: EnvelopeFrameRequest): EnvelopeFrame {
  if (!Number.isInteger(size) || size < 0 || size > maxSize) throw new RangeError('size of the content');
  const certificates = readCertificates(recipients);
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const encryptedSize = size + 16 - (size % 16);
  const { data, envelopedData, version } = envelopeNames[flavour];
  const recipientInfos = certificates.map((certificate) => encodeRecipientInfo(certificate, key, version));

  // From the inside out, since each header counts all that follows it.
  const encryptedContentInfo = openSequence(
    encryptedSize,
    encodeObjectIdentifier(data),
    encodeSequence(encodeObjectIdentifier(oid.sm4Cbc), encodeOctetString(iv)),
    encodeHeader(contextTag(0, 'primitive'), encryptedSize),
  );
  const message = openSequence(
    encryptedSize,
    encodeUnsignedInteger(version),
    encodeSetOf(...recipientInfos),
    encryptedContentInfo,
  );
  const before = openSequence(
    encryptedSize,
    encodeObjectIdentifier(envelopedData),
    encodeHeader(contextTag(0), message.length + encryptedSize),
    message,
  );
  return { before, key, iv, encryptedSize };
}

function readCertificates(recipients: readonly Uint8Array[]): Certificate[] {
  if (recipients.length === 0) throw new EnvelopeError('noRecipient');
  if (recipients.length > maxEnvelopeRecipients) throw new EnvelopeError('tooManyRecipients');
  const certificates = recipients.map(parseCertificate);
  expectDistinct(certificates.map(({ issuer, serialNumber }) => ({ issuer: issuer.raw, serialNumber })));
  return certificates;
}

/** A SEQUENCE's header and the beginning of its content, of which `following` more octets are to come. */
function openSequence(following: number, ...elements: readonly Uint8Array[]): Uint8Array {
  const beginning = concatBytes(...elements);
  return concatBytes(encodeHeader(tags.sequence, beginning.length + following), beginning);
}

function encodeRecipientInfo(certificate: Certificate, key: Uint8Array, version: bigint): Uint8Array {
  const { issuer, serialNumber, publicKey } = certificate;
  return encodeSequence(
    encodeUnsignedInteger(version),
    encodeSequence(issuer.raw, encodeUnsignedInteger(BigInt(`0x${serialNumber}`))),
    // Without parameters: there is a reader (GmSSL) that refuses even NULL.
    encodeSequence(encodeObjectIdentifier(oid.sm2Encrypt)),
    encodeOctetString(encryptSm2(publicKey, key)),
  );
}
