import { toHex } from '../lib/bytes.ts';
import { readExtensions, type CertificateExtensions } from './certificate-extensions.ts';
import { bitStringOctets, objectIdentifier, timeValue, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, onlyChild, openFields, parseDer, tags, type DerElement } from './der.ts';
import { readDistinguishedName, type DistinguishedName } from './distinguished-name.ts';
import { oid } from './object-identifiers.ts';
import { decodePublicKey, Sm2Error } from './sm2-curve.ts';

/** An X.509 version 3 certificate of an SM2 key, signed with SM2 and SM3. Read, not judged: see `buildChain`. */
export interface Certificate extends CertificateExtensions {
  /** The whole certificate, DER. */
  readonly raw: Uint8Array;
  /** TBSCertificate, DER: what the issuer signed. */
  readonly tbs: Uint8Array;
  /** Lower-case hexadecimal of the value, at least two digits, no leading zero octets. */
  readonly serialNumber: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  /** The last second of validity. */
  readonly notAfter: Date;
  /** 04 ‖ x ‖ y, 65 bytes, a point on the curve. */
  readonly publicKey: Uint8Array;
  /** DER SEQUENCE { r, s }. */
  readonly signature: Uint8Array;
}

/**
 * - `unsupportedVersion`: not version 3
 * - `unsupportedKey`: no SM2 key (RSA, another curve, a compressed point)
 * - `unsupportedSignature`: not signed with SM2 and SM3
 * - `algorithmMismatch`: the signed and the unsigned signature algorithm differ
 * - `pointOffCurve`: the public key is no point of the curve
 */
export type CertificateErrorReason =
  'unsupportedVersion' | 'unsupportedKey' | 'unsupportedSignature' | 'algorithmMismatch' | 'pointOffCurve';

export class CertificateError extends Error {
  readonly reason: CertificateErrorReason;

  constructor(reason: CertificateErrorReason) {
    super(reason);
    this.name = 'CertificateError';
    this.reason = reason;
  }
}

/** Bytes of the largest certificate that is read. */
const maxLength = 65_536;

/**
 * Reads a certificate (RFC 5280 §4.1, GM/T 0015) from strict DER.
 * @throws DerError when the bytes are no certificate
 * @throws CertificateError when they are one that CA Bridge does not take
 */
export function parseCertificate(der: Uint8Array): Certificate {
  // A copy of its own: views into a caller's buffer would change with it.
  return readCertificate(parseDer(der.slice(), { maxLength }));
}

function readCertificate(element: DerElement): Certificate {
  const outer = openFields(element);
  const tbs = outer.take(tags.sequence);
  const outerAlgorithm = outer.take(tags.sequence);
  const signature = bitStringOctets(outer.takeAny());
  outer.end();

  const fields = openFields(tbs);
  const version = fields.takeIf(contextTag(0));
  if (version === undefined || unsignedInteger(onlyChild(version)) !== 2n) {
    throw new CertificateError('unsupportedVersion');
  }
  const serialNumber = unsignedInteger(fields.takeAny());
  const innerAlgorithm = fields.take(tags.sequence);
  const issuer = readDistinguishedName(fields.takeAny());
  const validity = openFields(fields.takeAny());
  const notBefore = timeValue(validity.takeAny());
  const notAfter = timeValue(validity.takeAny());
  validity.end();
  const subject = readDistinguishedName(fields.takeAny());
  const publicKeyInfo = fields.take(tags.sequence);
  fields.takeIf(contextTag(1, 'primitive'));
  fields.takeIf(contextTag(2, 'primitive'));
  const extensions = fields.takeIf(contextTag(3));
  fields.end();

  if (toHex(outerAlgorithm.raw) !== toHex(innerAlgorithm.raw))
    throw new CertificateError('algorithmMismatch');
  expectSm2WithSm3(innerAlgorithm);
  return Object.freeze({
    ...readExtensions(extensions && onlyChild(extensions)),
    raw: element.raw,
    tbs: tbs.raw,
    serialNumber: toEvenHex(serialNumber),
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey: readPublicKey(publicKeyInfo),
    signature,
  });
}

function toEvenHex(value: bigint): string {
  const digits = value.toString(16);
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

function expectSm2WithSm3(algorithm: DerElement): void {
  const fields = openFields(algorithm);
  const id = objectIdentifier(fields.takeAny());
  fields.takeIf(tags.null);
  fields.end();
  if (id !== oid.sm2WithSm3) throw new CertificateError('unsupportedSignature');
}

function readPublicKey(publicKeyInfo: DerElement): Uint8Array {
  const fields = openFields(publicKeyInfo);
  const algorithm = openFields(fields.takeAny());
  const keyType = objectIdentifier(algorithm.takeAny());
  const bits = bitStringOctets(fields.take(tags.bitString));
  fields.end();
  if (keyType !== oid.ecPublicKey) throw new CertificateError('unsupportedKey');
  const curve = algorithm.take(tags.objectIdentifier);
  algorithm.end();
  if (objectIdentifier(curve) !== oid.sm2) throw new CertificateError('unsupportedKey');
  try {
    decodePublicKey(bits);
  } catch (error) {
    if (!(error instanceof Sm2Error)) throw error;
    throw new CertificateError(error.reason === 'pointOffCurve' ? 'pointOffCurve' : 'unsupportedKey');
  }
  return bits;
}

/** True for what `parseCertificate` throws. */
export function isCertificateRefusal(error: unknown): error is DerError | CertificateError {
  return error instanceof DerError || error instanceof CertificateError;
}
