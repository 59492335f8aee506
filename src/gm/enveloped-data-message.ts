import { concatBytes, equalBytes, toHex } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import { objectIdentifier } from './der-values.ts';
import { contextTag, DerError, expectTag, onlyChild, openFields, parseDer, tags } from './der.ts';
import type { DerElement, DerFields } from './der.ts';
import { EnvelopeError, envelopeErrorsOf } from './enveloped-data-error.ts';
import { envelopeNames, flavourOfEnvelope, type EnvelopeFlavour } from './enveloped-data-flavour.ts';
import { oid } from './object-identifiers.ts';

/** One whose key opens the envelope: a RecipientInfo (GM/T 0010 §9.2). */
export interface EnvelopeRecipient {
  /** Name of the certificate's issuer, DER. */
  readonly issuer: Uint8Array;
  /** Of the certificate, as `Certificate.serialNumber`: lower-case hexadecimal, no leading zero octets. */
  readonly serialNumber: string;
  /** The content-encryption key as SM2Cipher of GM/T 0009 §7.2; not looked into. */
  readonly encryptedKey: Uint8Array;
}

/** An EnvelopedData inside its ContentInfo, read and not opened. Byte arrays are views into what was read. */
export interface Envelope {
  /** The whole message, DER. */
  readonly raw: Uint8Array;
  readonly flavour: EnvelopeFlavour;
  /** At least one, no two of the same certificate. */
  readonly recipients: readonly EnvelopeRecipient[];
  /** Of SM4-CBC, 16 bytes. */
  readonly iv: Uint8Array;
  /** n·16 bytes, n ≥ 1; absent from a message that carries keys alone. */
  readonly encryptedContent?: Uint8Array;
}

/** Bytes of the longest message that is held; see `readEnvelopeFrame` for longer ones. */
const maxLength = 2 ** 20;

/** Elements of it, pieces of the content among them. */
const maxElements = 16_384;

/** Bytes; the SM2Cipher of a key of 16 bytes has 126 at most. */
const maxEncryptedKeyLength = 256;

/** Recipients of one message. */
export const maxEnvelopeRecipients = 64;

/** GM/T 0006 has one identifier for encrypting; implementations also write those of signing and of the curve. */
const keyAlgorithms: ReadonlySet<string> = new Set([oid.sm2Encrypt, oid.sm2Sign, oid.sm2]);

/** CFCA's tools name the cipher without its mode. */
const contentAlgorithms: ReadonlySet<string> = new Set([oid.sm4Cbc, oid.sm4]);

/**
 * Reads a ContentInfo of EnvelopedData (GM/T 0010-2012 §9, GB/T 35275; RFC 5652 §6) over plain data, at most 1 MiB of
 * strict DER. The encrypted content may be one string or several under a constructed [0].
 * @throws EnvelopeError for anything else
 */
export function parseEnvelope(der: Uint8Array): Envelope {
  return envelopeErrorsOf(() => readContentInfo(parseDer(der, { maxLength, maxElements })));
}

/** The recipient info that is for this certificate. */
export function recipientFor(
  envelope: Envelope,
  { issuer, serialNumber }: Pick<Certificate, 'issuer' | 'serialNumber'>,
): EnvelopeRecipient | undefined {
  return envelope.recipients.find(
    (recipient) => recipient.serialNumber === serialNumber && equalBytes(recipient.issuer, issuer.raw),
  );
}

function readContentInfo(message: DerElement): Envelope {
  const contentInfo = openFields(message);
  const flavour = flavourOfEnvelope(objectIdentifier(contentInfo.takeAny()));
  if (flavour === undefined) throw new EnvelopeError('notEnvelopedData');
  const envelopedData = openFields(onlyChild(contentInfo.take(contextTag(0))));
  contentInfo.end();
  expectVersion(envelopedData.takeAny());
  const recipients = readRecipients(envelopedData.take(tags.set).children);
  const encrypted = openFields(envelopedData.takeAny());
  envelopedData.end();

  if (objectIdentifier(encrypted.takeAny()) !== envelopeNames[flavour].data) {
    throw new EnvelopeError('malformed', 'another content type inside');
  }
  const iv = readInitialisationVector(encrypted.takeAny());
  const encryptedContent = takeContent(encrypted);
  encrypted.end();
  return {
    raw: message.raw,
    flavour,
    recipients,
    iv,
    ...(encryptedContent === undefined ? {} : { encryptedContent }),
  };
}

/** GM/T 0010 writes 1 and RFC 5652 writes 0 for what is read here; each is met under the other's names too. */
function expectVersion(element: DerElement): void {
  const [version = 0, ...further] = expectTag(element, tags.integer).content;
  if (version > 1 || further.length > 0) throw new EnvelopeError('unsupportedVersion');
}

function readRecipients(elements: readonly DerElement[]): EnvelopeRecipient[] {
  if (elements.length === 0) throw new EnvelopeError('noRecipient');
  if (elements.length > maxEnvelopeRecipients) throw new EnvelopeError('tooManyRecipients');
  const recipients = elements.map(readRecipient);
  expectDistinct(recipients);
  return recipients;
}

/** @throws EnvelopeError `duplicateRecipient`: which of the two keys would be the right one? */
export function expectDistinct(
  recipients: readonly Pick<EnvelopeRecipient, 'issuer' | 'serialNumber'>[],
): void {
  const names = new Set(recipients.map(({ issuer, serialNumber }) => `${toHex(issuer)} ${serialNumber}`));
  if (names.size < recipients.length) throw new EnvelopeError('duplicateRecipient');
}

function readRecipient(element: DerElement): EnvelopeRecipient {
  if (element.tag !== tags.sequence) throw new EnvelopeError('unsupportedRecipient');
  const fields = openFields(element);
  const version = fields.takeAny();
  const identifier = fields.takeAny();
  if (identifier.tag !== tags.sequence) throw new EnvelopeError('unsupportedRecipient');
  expectVersion(version);
  const issuerAndSerialNumber = openFields(identifier);
  const issuer = issuerAndSerialNumber.take(tags.sequence).raw;
  const serialNumber = readSerialNumber(issuerAndSerialNumber.takeAny());
  issuerAndSerialNumber.end();
  const algorithm = openFields(fields.takeAny());
  if (!keyAlgorithms.has(objectIdentifier(algorithm.takeAny()))) {
    throw new EnvelopeError('unsupportedRecipient');
  }
  algorithm.takeIf(tags.null);
  algorithm.end();
  const encryptedKey = fields.take(tags.octetString).content;
  fields.end();
  if (encryptedKey.length > maxEncryptedKeyLength) throw new EnvelopeError('malformed', 'encrypted key');
  return { issuer, serialNumber, encryptedKey };
}

/** From octet to octet, not by way of a number: a hostile one may be a megabyte long. */
function readSerialNumber(element: DerElement): string {
  const { content } = expectTag(element, tags.integer);
  const [first = 0] = content;
  if (first & 0x80) throw new DerError('negativeInteger');
  return toHex(first === 0 && content.length > 1 ? content.subarray(1) : content);
}

function readInitialisationVector(element: DerElement): Uint8Array {
  const algorithm = openFields(element);
  if (!contentAlgorithms.has(objectIdentifier(algorithm.takeAny()))) {
    throw new EnvelopeError('unsupportedAlgorithm');
  }
  const iv = algorithm.take(tags.octetString).content;
  algorithm.end();
  if (iv.length !== 16) throw new EnvelopeError('malformed', 'initialisation vector');
  return iv;
}

function takeContent(fields: DerFields): Uint8Array | undefined {
  const inPieces = fields.takeIf(contextTag(0));
  const content =
    inPieces === undefined
      ? fields.takeIf(contextTag(0, 'primitive'))?.content
      : concatBytes(...inPieces.children.map((piece) => expectTag(piece, tags.octetString).content));
  if (content !== undefined && !isWholeBlocks(content.length)) {
    throw new EnvelopeError('malformed', 'encrypted content');
  }
  return content;
}

/** True for the length of any SM4-CBC ciphertext: padding makes one block at least. */
export function isWholeBlocks(length: number): boolean {
  return length > 0 && length % 16 === 0;
}
