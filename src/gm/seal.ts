import { equalBytes } from '../lib/bytes.ts';
import { CertificateError, parseCertificate, type Certificate } from './certificate.ts';
import { bitStringOctets, objectIdentifier, textValue, timeValue, unsignedInteger } from './der-values.ts';
import { contextTag, expectTag, openFields, parseDer, tags, type DerElement, type DerFields } from './der.ts';
import { encodeSequence } from './der-encode.ts';
import { buildChain, type ChainResult } from './certificate-chain.ts';
import { oid } from './object-identifiers.ts';
import { sm2SignatureHolds } from './sm2.ts';
import { sm3 } from './sm3.ts';

export interface SealPicture {
  /** In lower case: `png`, `gif`, `ofd`, … */
  readonly type: string;
  /** The file; not looked into. */
  readonly data: Uint8Array;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** An electronic seal (SESeal), read and not judged: see `verifySealMaker`, `sealAllows`. */
export interface Seal {
  /** `V4`: GB/T 38540-2020. `V1`: GM/T 0031-2014. */
  readonly version: 'V1' | 'V4';
  readonly sealId: string;
  readonly vendorId: string;
  readonly name: string;
  /** The issuer's number for kinds of seals. */
  readonly type: number;
  readonly createdAt: Date;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly picture: SealPicture;
  /** DER of the certificates that may sign with it; empty where it lists digests. */
  readonly certificates: readonly Uint8Array[];
  /** SM3 of such certificates, 32 bytes each; empty where it lists certificates. */
  readonly digests: readonly Uint8Array[];
  readonly makerCertificate: Certificate;
  /** The whole seal, DER. */
  readonly raw: Uint8Array;
  /** What the maker signed, DER. */
  readonly toBeSigned: Uint8Array;
  /** DER SEQUENCE { r, s } of the maker. */
  readonly signature: Uint8Array;
}

/**
 * - `unsupportedVersion`: neither GB/T 38540-2020 nor GM/T 0031-2014
 * - `unsupportedAlgorithm`: signed with another algorithm than SM2 with SM3
 * - `unsupportedCertificate`: the certificate of maker or signer is none of SM2
 * - `malformedPicture`: no picture, or one without size
 * - `malformedValidity`: ends before it begins
 * - `malformedHolders`: nobody, too many, or digests that are not SM3's
 */
export type SealErrorReason =
  | 'unsupportedVersion'
  | 'unsupportedAlgorithm'
  | 'unsupportedCertificate'
  | 'malformedPicture'
  | 'malformedValidity'
  | 'malformedHolders';

export class SealError extends Error {
  readonly reason: SealErrorReason;

  constructor(reason: SealErrorReason) {
    super(reason);
    this.name = 'SealError';
    this.reason = reason;
  }
}

/** Bytes of the largest seal that is read. */
export const maxSealLength = 2 ** 22;
const maxHolders = 256;
const maxMillimetres = 1_000;

/**
 * Reads an SESeal (GB/T 38540 §6, GM/T 0031 §6).
 * @throws DerError when the bytes are no seal
 * @throws SealError when they are one that CA Bridge does not take
 */
export function parseSeal(der: Uint8Array): Seal {
  // A copy of its own: views into a caller's buffer would change with it.
  return readSeal(parseDer(der.slice(), { maxLength: maxSealLength }));
}

/** `parseSeal` of an element that was parsed already. @throws as it does */
export function readSeal(element: DerElement): Seal {
  const fields = openFields(element);
  const info = fields.take(tags.sequence);
  const version = readVersion(info);
  // GM/T 0031 has the maker's part in a SEQUENCE of its own.
  const makerFields = version === 'V1' ? openFields(fields.take(tags.sequence)) : fields;
  const certificate = makerFields.take(tags.octetString);
  const algorithm = makerFields.take(tags.objectIdentifier);
  const signature = bitStringOctets(makerFields.takeAny());
  makerFields.end();
  fields.end();
  expectSm2WithSm3(algorithm);
  return Object.freeze({
    version,
    ...readSealInfo(info, version),
    makerCertificate: readSealCertificate(certificate.content),
    raw: element.raw,
    toBeSigned: version === 'V1' ? encodeSequence(info.raw, certificate.raw, algorithm.raw) : info.raw,
    signature,
  });
}

function readVersion(info: DerElement): 'V1' | 'V4' {
  const header = openFields(openFields(info).take(tags.sequence));
  const id = textValue(header.take(tags.ia5String));
  const number = unsignedInteger(header.takeAny());
  if (id !== 'ES') throw new SealError('unsupportedVersion');
  if (number === 4n) return 'V4';
  // GM/T 0031 has 1; its makers went on counting without changing the structure.
  if (number >= 1n && number <= 3n) return 'V1';
  throw new SealError('unsupportedVersion');
}

type SealInfo = Omit<Seal, 'version' | 'makerCertificate' | 'raw' | 'toBeSigned' | 'signature'>;

function readSealInfo(info: DerElement, version: 'V1' | 'V4'): SealInfo {
  const fields = openFields(info);
  const header = openFields(fields.takeAny());
  header.take(tags.ia5String);
  header.take(tags.integer);
  const vendorId = textValue(header.take(tags.ia5String));
  header.end();
  const sealId = textValue(fields.take(tags.ia5String));
  const property = readProperty(openFields(fields.take(tags.sequence)), version);
  const picture = readPicture(openFields(fields.take(tags.sequence)));
  // Further data of the vendor's: [0] in GM/T 0031, untagged in the field. Nothing here depends on it.
  if (fields.takeIf(contextTag(0)) === undefined) fields.takeIf(tags.sequence);
  fields.end();
  return { sealId, vendorId, ...property, picture };
}

function readProperty(
  fields: DerFields,
  version: 'V1' | 'V4',
): Pick<SealInfo, 'type' | 'name' | 'certificates' | 'digests' | 'createdAt' | 'validFrom' | 'validTo'> {
  const type = Number(unsignedInteger(fields.takeAny()));
  const name = textValue(fields.take(tags.utf8String));
  const listType = version === 'V1' ? 1n : unsignedInteger(fields.takeAny());
  const list = fields.take(tags.sequence).children;
  const createdAt = timeValue(fields.takeAny());
  const validFrom = timeValue(fields.takeAny());
  const validTo = timeValue(fields.takeAny());
  fields.end();
  if (validTo < validFrom) throw new SealError('malformedValidity');
  if (list.length === 0 || list.length > maxHolders) throw new SealError('malformedHolders');
  const holders =
    listType === 1n
      ? { certificates: list.map((item) => expectTag(item, tags.octetString).content), digests: [] }
      : { certificates: [], digests: list.map((item) => readHolderDigest(item, listType)) };
  return { type, name, createdAt, validFrom, validTo, ...holders };
}

/** CertDigestObj: its type is the vendor's own word, so that the length alone tells SM3. */
function readHolderDigest(element: DerElement, listType: bigint): Uint8Array {
  if (listType !== 2n) throw new SealError('malformedHolders');
  const fields = openFields(element);
  textValue(fields.takeAny());
  const { content } = fields.take(tags.octetString);
  fields.end();
  if (content.length !== 32) throw new SealError('malformedHolders');
  return content;
}

function readPicture(fields: DerFields): SealPicture {
  const type = textValue(fields.take(tags.ia5String)).toLowerCase();
  const data = fields.take(tags.octetString).content;
  const widthMm = Number(unsignedInteger(fields.takeAny()));
  const heightMm = Number(unsignedInteger(fields.takeAny()));
  fields.end();
  const isSized = [widthMm, heightMm].every((size) => size > 0 && size <= maxMillimetres);
  if (data.length === 0 || !isSized) throw new SealError('malformedPicture');
  return Object.freeze({ type, data, widthMm, heightMm });
}

/** @throws SealError `unsupportedAlgorithm` */
export function expectSm2WithSm3(algorithm: DerElement): void {
  if (objectIdentifier(algorithm) !== oid.sm2WithSm3) throw new SealError('unsupportedAlgorithm');
}

/** @throws SealError `unsupportedCertificate`, DerError */
export function readSealCertificate(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof CertificateError) throw new SealError('unsupportedCertificate');
    throw error;
  }
}

export interface SealMakerRequest {
  /** The authorities that are trusted to make seals. */
  readonly anchors: readonly Certificate[];
  /** DER of certificates that may lie between. */
  readonly intermediates?: readonly Uint8Array[];
  readonly at: Date;
}

export interface SealMakerVerdict {
  /** The maker's key signed this seal as it is. */
  readonly signatureHolds: boolean;
  /** Whether the maker is trusted, for the purpose `digitalSignature`. */
  readonly chain: ChainResult;
}

/** Who made the seal, and whether it is as they made it (GB/T 38540 §7.2). */
export function verifySealMaker(seal: Seal, request: SealMakerRequest): SealMakerVerdict {
  const { anchors, intermediates = [], at } = request;
  const { makerCertificate, toBeSigned, signature } = seal;
  return {
    signatureHolds: sm2SignatureHolds(makerCertificate.publicKey, toBeSigned, signature),
    chain: buildChain({
      leaf: makerCertificate.raw,
      intermediates,
      anchors,
      at,
      purpose: 'digitalSignature',
    }),
  };
}

/** True when the seal names the certificate (DER) as one that may sign with it. */
export function sealAllows(seal: Seal, certificate: Uint8Array): boolean {
  const digest = sm3(certificate);
  return (
    seal.certificates.some((allowed) => equalBytes(allowed, certificate)) ||
    seal.digests.some((allowed) => equalBytes(allowed, digest))
  );
}
