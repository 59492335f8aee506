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

/** What a signer signs besides the content (RFC 5652 §11). */
export interface SignedAttributes {
  /** Dotted object identifier. */
  readonly contentType: string;
  /** SM3 of the content, 32 bytes. */
  readonly messageDigest: Uint8Array;
  /** When the signer says it signed. */
  readonly signingTime?: Date;
}

/** SET OF Attribute, as it is signed; within a SignerInfo its tag is [0]. */
export function encodeSignedAttributes(attributes: SignedAttributes): Uint8Array {
  const { contentType, messageDigest, signingTime } = attributes;
  return encodeSetOf(
    encodeAttribute(oid.contentType, encodeObjectIdentifier(contentType)),
    encodeAttribute(oid.messageDigest, encodeOctetString(messageDigest)),
    ...(signingTime === undefined ? [] : [encodeAttribute(oid.signingTime, encodeTime(signingTime))]),
  );
}

function encodeAttribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value));
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
  if (contentType === undefined || messageDigest === undefined) throw new DerError('missingElement');
  return {
    contentType: objectIdentifier(contentType),
    messageDigest: expectTag(messageDigest, tags.octetString).content,
    ...(signingTime === undefined ? {} : { signingTime: timeValue(signingTime) }),
  };
}

/**
 * True for bytes that are themselves signed attributes. A signature over attributes is, byte for byte, one over a
 * content of the same bytes without attributes: such a content must not pass for something a person signed.
 */
export function isSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== tags.set) return false;
  try {
    readSignedAttributes(parseDer(content));
    return true;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
