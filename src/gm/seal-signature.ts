import { concatBytes } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import {
  encodeBitString,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeUnsignedInteger,
} from './der-encode.ts';
import { bitStringOctets, textValue, timeValue, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, openFields, parseDer, tags, type DerElement } from './der.ts';
import { oid } from './object-identifiers.ts';
import {
  expectSm2WithSm3,
  maxSealLength,
  parseSeal,
  readSeal,
  readSealCertificate,
  SealError,
  type Seal,
} from './seal.ts';
import { sm2SignatureHolds } from './sm2.ts';

/** A document's signature under a seal (SES_Signature), read and not judged. */
export interface SealSignature {
  /** `V4`: GB/T 38540-2020. `V1`: GM/T 0031-2014. */
  readonly version: 'V1' | 'V4';
  readonly seal: Seal;
  /** When the signer says it signed; absent where a V1 signature holds a time stamp of another form instead. */
  readonly time?: Date;
  /** SM3 of what was sealed, 32 bytes. */
  readonly dataHash: Uint8Array;
  /** Where the sealed data lies: in an OFD, the path of Signature.xml. */
  readonly propertyInfo: string;
  readonly signerCertificate: Certificate;
  /** The whole signature, DER. */
  readonly raw: Uint8Array;
  /** TBS_Sign, DER: what the signer signed. */
  readonly toBeSigned: Uint8Array;
  /** DER SEQUENCE { r, s } of the signer. */
  readonly signature: Uint8Array;
}

/** Room for the parts beside the seal. */
const maxLength = maxSealLength + 2 ** 20;

/**
 * Reads an SES_Signature (GB/T 38540 §8, GM/T 0031 §7). A time stamp beside it is passed over.
 * @throws DerError when the bytes are none
 * @throws SealError when they are one that CA Bridge does not take
 */
export function parseSealSignature(der: Uint8Array): SealSignature {
  // A copy of its own: views into a caller's buffer would change with it.
  const element = parseDer(der.slice(), { maxLength });
  const fields = openFields(element);
  const toSign = fields.take(tags.sequence);
  const { version, signerParts, ...read } = readToSign(toSign);
  // GM/T 0031 has the signer's certificate and algorithm among what is signed, GB/T 38540 beside it.
  const [certificate, algorithm] = signerParts ?? [
    fields.take(tags.octetString),
    fields.take(tags.objectIdentifier),
  ];
  const signature = bitStringOctets(fields.takeAny());
  if (version === 'V4') fields.takeIf(contextTag(0));
  fields.end();
  expectSm2WithSm3(algorithm);
  return Object.freeze({
    version,
    ...read,
    signerCertificate: readSealCertificate(certificate.content),
    raw: element.raw,
    toBeSigned: toSign.raw,
    signature,
  });
}

interface ToSign extends Pick<SealSignature, 'version' | 'seal' | 'time' | 'dataHash' | 'propertyInfo'> {
  /** Certificate and algorithm, in V1. */
  readonly signerParts: readonly [DerElement, DerElement] | undefined;
}

function readToSign(element: DerElement): ToSign {
  const fields = openFields(element);
  const version = readVersion(unsignedInteger(fields.takeAny()));
  const seal = readSeal(fields.take(tags.sequence));
  if (seal.version !== version) throw new SealError('unsupportedVersion');
  const timeInfo = fields.takeAny();
  const time = version === 'V4' ? timeValue(timeInfo) : readTimeInfo(bitStringOctets(timeInfo));
  const dataHash = bitStringOctets(fields.takeAny());
  if (dataHash.length !== 32) throw new SealError('unsupportedAlgorithm');
  const propertyInfo = textValue(fields.take(tags.ia5String));
  const signerParts =
    version === 'V1'
      ? ([fields.take(tags.octetString), fields.take(tags.objectIdentifier)] as const)
      : undefined;
  fields.takeIf(contextTag(0));
  fields.end();
  return { version, seal, ...(time === undefined ? {} : { time }), dataHash, propertyInfo, signerParts };
}

function readVersion(version: bigint): 'V1' | 'V4' {
  if (version === 4n) return 'V4';
  if (version >= 1n && version <= 3n) return 'V1';
  throw new SealError('unsupportedVersion');
}

/** GM/T 0031 leaves open what the BIT STRING holds: a DER time, its characters, or a time stamp. */
function readTimeInfo(octets: Uint8Array): Date | undefined {
  for (const encoding of [octets, ...characterTimes(octets)]) {
    try {
      return timeValue(parseDer(encoding));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
  return undefined;
}

function characterTimes(characters: Uint8Array): Uint8Array[] {
  if (characters.length === 13) return [concatBytes(Uint8Array.of(tags.utcTime, 13), characters)];
  return characters.length === 15 ? [concatBytes(Uint8Array.of(tags.generalizedTime, 15), characters)] : [];
}

export interface SealToBeSignedRequest {
  /** DER, of GB/T 38540. */
  readonly seal: Uint8Array;
  /** SM3 of what is sealed, 32 bytes. */
  readonly dataHash: Uint8Array;
  /** ASCII. */
  readonly propertyInfo: string;
  readonly time: Date;
}

/**
 * The first half of sealing where the key is elsewhere: TBS_Sign (GB/T 38540 §8.1), DER, which is to be signed with
 * SM2 and SM3 (Z_A included).
 * @throws DerError, SealError when the seal cannot be read or is none of GB/T 38540
 * @throws RangeError when `dataHash` is not 32 bytes or `propertyInfo` not ASCII
 */
export function createSealToBeSigned(request: SealToBeSignedRequest): Uint8Array {
  const { raw, version } = parseSeal(request.seal);
  if (version !== 'V4') throw new SealError('unsupportedVersion');
  if (request.dataHash.length !== 32) throw new RangeError('dataHash is not 32 bytes');
  return encodeSequence(
    encodeUnsignedInteger(4n),
    raw,
    encodeGeneralizedTime(request.time),
    encodeBitString(request.dataHash),
    encodeIa5String(request.propertyInfo),
  );
}

/**
 * The second half: the SES_Signature, DER.
 * @param request `toBeSigned` from `createSealToBeSigned`; the signer's certificate, DER; the signature over it, DER
 * SEQUENCE { r, s }, not checked here: `sealSignatureHolds` does
 */
export function assembleSealSignature(request: {
  readonly toBeSigned: Uint8Array;
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
}): Uint8Array {
  return encodeSequence(
    request.toBeSigned,
    encodeOctetString(request.certificate),
    encodeObjectIdentifier(oid.sm2WithSm3),
    encodeBitString(request.signature),
  );
}

/**
 * True when the signer's key signed this seal, digest, time and place. Whether the digest is the document's, the
 * seal lists the signer (`sealAllows`; GB/T 38540 leaves the certificate unsigned), and seal maker and signer are
 * trusted, is asked elsewhere.
 */
export function sealSignatureHolds(sealSignature: SealSignature): boolean {
  const { signerCertificate, toBeSigned, signature } = sealSignature;
  return sm2SignatureHolds(signerCertificate.publicKey, toBeSigned, signature);
}
