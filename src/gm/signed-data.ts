import { concatBytes, equalBytes } from '../lib/bytes.ts';
import { CertificateError, parseCertificate, type Certificate } from './certificate.ts';
import { objectIdentifier, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, onlyChild, openFields, parseDer, tags, type DerElement } from './der.ts';
import { oid } from './object-identifiers.ts';
import { isSignedAttributes, readSignedAttributes } from './signed-attributes.ts';
import { sm2SignatureHolds } from './sm2.ts';
import { sm3 } from './sm3.ts';

/**
 * - `malformed`: no SignedData of GM/T 0010 in strict DER
 * - `unsupportedAlgorithm`: another digest or signature than SM3 and SM2
 * - `contentMissing`: a detached signature, and no content was given
 * - `contentMismatch`: the content inside is not the one given
 * - `ambiguousContent`: the content could be the signed attributes of another message
 * - `signerMissing`: nobody signed
 * - `certificateMissing`: a signer's certificate is neither inside nor given
 * - `digestMismatch`: the signed attributes belong to another content
 * - `signatureInvalid`: a signature is not by its signer's key
 */
export type SignedDataRefusal =
  | 'malformed'
  | 'unsupportedAlgorithm'
  | 'contentMissing'
  | 'contentMismatch'
  | 'ambiguousContent'
  | 'signerMissing'
  | 'certificateMissing'
  | 'digestMismatch'
  | 'signatureInvalid';

export interface Signer {
  /** Whose key signed. Not yet trusted: see `buildChain`. */
  readonly certificate: Certificate;
  /** When the signer says it signed, where it says so. */
  readonly signingTime?: Date;
}

export type SignedDataResult =
  | {
      readonly ok: true;
      /** What was signed; a view into the message where it was attached. */
      readonly content: Uint8Array;
      /** At least one; every one's signature holds. */
      readonly signers: readonly Signer[];
      /** All SM2 certificates inside, in their order. */
      readonly certificates: readonly Certificate[];
    }
  | { readonly ok: false; readonly reason: SignedDataRefusal };

export interface SignedDataOptions {
  /** What a detached signature is over; an attached one must then hold the same. */
  readonly content?: Uint8Array;
  /** Certificates of signers that the message may leave out. */
  readonly certificates?: readonly Certificate[];
}

class Refusal extends Error {
  readonly reason: SignedDataRefusal;

  constructor(reason: SignedDataRefusal) {
    super(reason);
    this.reason = reason;
  }
}

const maxSigners = 16;
const maxCertificates = 32;
const signatureAlgorithms: ReadonlySet<string> = new Set([oid.sm2Sign, oid.sm2WithSm3, oid.sm2]);

/**
 * Verifies every signature of a SignedData (GM/T 0010, GB/T 35275, §8) over the bytes as they came. Says nothing of
 * whether the signers are trusted.
 */
export function verifySignedData(der: Uint8Array, options: SignedDataOptions = {}): SignedDataResult {
  try {
    return verify(readSignedData(parseDer(der)), options);
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.reason };
    if (error instanceof DerError) return { ok: false, reason: 'malformed' };
    throw error;
  }
}

interface SignedData {
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly signerInfos: readonly DerElement[];
}

function readSignedData(contentInfo: DerElement): SignedData {
  const outer = openFields(contentInfo);
  expectIdentifier(outer.takeAny(), oid.gmSignedData);
  const fields = openFields(onlyChild(outer.take(contextTag(0))));
  outer.end();

  expectVersion1(fields.takeAny());
  fields.take(tags.set);
  const content = readContent(fields.takeAny());
  const certificates = fields.takeIf(contextTag(0))?.children ?? [];
  fields.takeIf(contextTag(1));
  const signerInfos = fields.take(tags.set).children;
  fields.end();
  if (signerInfos.length > maxSigners || certificates.length > maxCertificates) throw new DerError('tooLong');
  return { content, certificates: certificates.flatMap(readSm2Certificate), signerInfos };
}

function readContent(contentInfo: DerElement): Uint8Array | undefined {
  const fields = openFields(contentInfo);
  expectIdentifier(fields.takeAny(), oid.gmData);
  const carried = fields.takeIf(contextTag(0));
  fields.end();
  if (carried === undefined) return undefined;
  const inside = openFields(carried, carried.tag);
  const { content } = inside.take(tags.octetString);
  inside.end();
  return content;
}

/** Certificates of other algorithms may stand beside; nobody here signed with them. */
function readSm2Certificate(element: DerElement): Certificate[] {
  try {
    return [parseCertificate(element.raw)];
  } catch (error) {
    if (error instanceof CertificateError) return [];
    throw error;
  }
}

function verify(message: SignedData, options: SignedDataOptions): SignedDataResult {
  const content = message.content ?? options.content;
  if (content === undefined) throw new Refusal('contentMissing');
  if (options.content !== undefined && !equalBytes(options.content, content)) {
    throw new Refusal('contentMismatch');
  }
  if (message.signerInfos.length === 0) throw new Refusal('signerMissing');
  const known = [...message.certificates, ...(options.certificates ?? [])];
  const signers = message.signerInfos.map((signerInfo) => verifySigner(signerInfo, content, known));
  return { ok: true, content, signers, certificates: message.certificates };
}

function verifySigner(
  signerInfo: DerElement,
  content: Uint8Array,
  certificates: readonly Certificate[],
): Signer {
  const fields = openFields(signerInfo);
  expectVersion1(fields.takeAny());
  const issuerAndSerial = openFields(fields.takeAny());
  const issuer = issuerAndSerial.takeAny().raw;
  const serialNumber = unsignedInteger(issuerAndSerial.takeAny());
  issuerAndSerial.end();
  const digestAlgorithm = readAlgorithm(fields.takeAny());
  const signedAttributes = fields.takeIf(contextTag(0));
  const signatureAlgorithm = readAlgorithm(fields.takeAny());
  const signature = fields.take(tags.octetString).content;
  fields.takeIf(contextTag(1));
  fields.end();

  if (digestAlgorithm !== oid.sm3 || !signatureAlgorithms.has(signatureAlgorithm)) {
    throw new Refusal('unsupportedAlgorithm');
  }
  const certificate = certificates.find(
    (candidate) =>
      equalBytes(candidate.issuer.raw, issuer) && BigInt(`0x${candidate.serialNumber}`) === serialNumber,
  );
  if (certificate === undefined) throw new Refusal('certificateMissing');
  const { signed, signingTime } = readSigned(signedAttributes, content);
  if (!sm2SignatureHolds(certificate.publicKey, signed, signature)) throw new Refusal('signatureInvalid');
  return { certificate, ...(signingTime === undefined ? {} : { signingTime }) };
}

/** The bytes that the signature is over: the content, or the signed attributes that hold its digest. */
function readSigned(
  signedAttributes: DerElement | undefined,
  content: Uint8Array,
): { signed: Uint8Array; signingTime?: Date } {
  if (signedAttributes === undefined) {
    if (isSignedAttributes(content)) throw new Refusal('ambiguousContent');
    return { signed: content };
  }
  const { contentType, messageDigest, ...rest } = readSignedAttributes(signedAttributes);
  if (contentType !== oid.gmData || !equalBytes(messageDigest, sm3(content))) {
    throw new Refusal('digestMismatch');
  }
  // Signed as the SET OF that it is, not under the IMPLICIT tag it travels with (RFC 5652 §5.4).
  const signed = concatBytes(Uint8Array.of(tags.set), signedAttributes.raw.subarray(1));
  return { signed, ...rest };
}

function expectIdentifier(element: DerElement, id: string): void {
  if (objectIdentifier(element) !== id) throw new DerError('unexpectedElement', 'another content type');
}

function expectVersion1(element: DerElement): void {
  if (unsignedInteger(element) !== 1n) throw new DerError('unexpectedElement', 'another version');
}

/** Dotted identifier of an AlgorithmIdentifier; SM2 and SM3 have no parameters, or NULL. */
function readAlgorithm(element: DerElement): string {
  const fields = openFields(element);
  const id = objectIdentifier(fields.takeAny());
  fields.takeIf(tags.null);
  fields.end();
  return id;
}
