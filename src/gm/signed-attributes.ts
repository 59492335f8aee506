import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from '../lib/bytes.ts';
import {
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeTime,
} from './der-encode.ts';
import { objectIdentifier, timeValue } from './der-values.ts';
import { DerError, expectTag, onlyChild, openFields, parseDer, tags, type DerElement } from './der.ts';
import { oid } from './object-identifiers.ts';
import { sm3 } from './sm3.ts';

/** Digest that names the signer's certificate in ESS signing-certificate-v2 (RFC 5035 §4). */
export interface CertificateDigest {
  /** Dotted identifier of the digest algorithm. */
  readonly algorithm: string;
  readonly value: Uint8Array;
}

/** What a signer signs besides the content (RFC 5652 §11, RFC 5035 §3). */
export interface SignedAttributes {
  /** Dotted object identifier. */
  readonly contentType: string;
  /** SM3 of the content, 32 bytes. */
  readonly messageDigest: Uint8Array;
  /** When the signer says it signed. */
  readonly signingTime?: Date;
  /** Which certificate the signer says it signed with: another one of the same key may not take its place. */
  readonly signingCertificate?: CertificateDigest;
}

/** SET OF Attribute, as it is signed; within a SignerInfo its tag is [0]. */
export function encodeSignedAttributes(attributes: SignedAttributes): Uint8Array {
  const { contentType, messageDigest, signingTime, signingCertificate } = attributes;
  return encodeSetOf(
    encodeAttribute(oid.contentType, encodeObjectIdentifier(contentType)),
    encodeAttribute(oid.messageDigest, encodeOctetString(messageDigest)),
    ...(signingTime === undefined ? [] : [encodeAttribute(oid.signingTime, encodeTime(signingTime))]),
    ...(signingCertificate === undefined
      ? []
      : [encodeAttribute(oid.signingCertificateV2, encodeSigningCertificate(signingCertificate))]),
  );
}

function encodeAttribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value));
}

/** SigningCertificateV2 of one ESSCertIDv2, whose algorithm is written unless it is the default. */
function encodeSigningCertificate({ algorithm, value }: CertificateDigest): Uint8Array {
  const named = algorithm === oid.sha256 ? [] : [encodeSequence(encodeObjectIdentifier(algorithm))];
  return encodeSequence(encodeSequence(encodeSequence(...named, encodeOctetString(value))));
}

/**
 * Reads the attributes inside a SET OF or [0]; kinds not known here are passed over.
 * @throws DerError when one of the two obligatory ones is missing, or one comes twice or with several values
 */
export function readSignedAttributes(element: DerElement): SignedAttributes {
  const values = new Map<string, DerElement>();
  for (const child of element.children) {
    const fields = openFields(child);
    const type = objectIdentifier(fields.takeAny());
    const set = fields.take(tags.set);
    fields.end();
    if (values.has(type)) throw new DerError('unexpectedElement', `attribute ${type} twice`);
    values.set(type, set);
  }
  const valueOf = (type: string): DerElement | undefined => {
    const set = values.get(type);
    return set && onlyChild(set);
  };
  const contentType = valueOf(oid.contentType);
  const messageDigest = valueOf(oid.messageDigest);
  const signingTime = valueOf(oid.signingTime);
  const signingCertificate = valueOf(oid.signingCertificateV2);
  if (contentType === undefined || messageDigest === undefined) throw new DerError('missingElement');
  return {
    contentType: objectIdentifier(contentType),
    messageDigest: expectTag(messageDigest, tags.octetString).content,
    ...(signingTime === undefined ? {} : { signingTime: timeValue(signingTime) }),
    ...(signingCertificate === undefined
      ? {}
      : { signingCertificate: readSigningCertificate(signingCertificate) }),
  };
}

/** The first ESSCertIDv2, which is the signer's; its digest covers what issuerSerial would say. */
function readSigningCertificate(element: DerElement): CertificateDigest {
  const fields = openFields(openFields(openFields(element).take(tags.sequence)).take(tags.sequence));
  const named = fields.takeIf(tags.sequence);
  const algorithm = named === undefined ? oid.sha256 : objectIdentifier(openFields(named).takeAny());
  const { content } = fields.take(tags.octetString);
  fields.takeIf(tags.sequence);
  fields.end();
  return { algorithm, value: content };
}

/** True when the digest is that of the certificate (DER); undefined for an algorithm not known here. */
export function namesCertificate(
  { algorithm, value }: CertificateDigest,
  certificate: Uint8Array,
): boolean | undefined {
  if (algorithm === oid.sm3) return equalBytes(value, sm3(certificate));
  return algorithm === oid.sha256 ? equalBytes(value, sha256(certificate)) : undefined;
}

/** Bytes of the largest content that is looked at: nobody's signed attributes are longer. */
export const maxAttributesLength = 65_536;
const obligatory: ReadonlySet<string> = new Set([oid.contentType, oid.messageDigest]);

/**
 * True for bytes that are themselves signed attributes, well made or not. A signature over attributes is, byte for
 * byte, one over a content of the same bytes without attributes: such a content must not pass for something a person
 * signed.
 */
export function isSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== tags.set) return false;
  try {
    const { children } = parseDer(content, { maxLength: maxAttributesLength });
    return children.some(({ children: [type] }) => {
      return type?.tag === tags.objectIdentifier && obligatory.has(objectIdentifier(type));
    });
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
