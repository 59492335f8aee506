import { DerError, openFields, parseDer, tags, contextTag } from '../../gm/der.ts';
import { bitStringOctets, timeValue, unsignedInteger } from '../../gm/der-values.ts';
import { oid } from '../../gm/object-identifiers.ts';
import {
  encodeSignedAttributes,
  namesCertificate,
  readSignedAttributes,
  type SignedAttributes,
} from '../../gm/signed-attributes.ts';
import { equalBytes, toHex } from '../../lib/bytes.ts';
import type { AskedDocument, SigningScene } from './request-binding.ts';

/** For whom bytes are signed: what the phone has said of itself. */
export interface OwnMeans {
  /** Signing certificate, DER. */
  readonly certificate: Uint8Array;
  /** SESeal, DER. */
  readonly seals: readonly Uint8Array[];
}

const digestLength = 32;
const contentTypes: ReadonlySet<string> = new Set([oid.gmData, oid.pkcs7Data]);

/**
 * True where the bytes can only be what the user was asked for: signed attributes that say nothing beyond what this
 * phone knows, or the part of a seal's signature (GB/T 38540 TBS_Sign) that carries one of its own seals. A login's
 * signature input, another's seal and any other bytes are not.
 */
export function isSignable(
  bytes: Uint8Array,
  scene: SigningScene,
  document: AskedDocument,
  own: OwnMeans,
): boolean {
  try {
    if (bytes[0] === tags.set) return areSignableAttributes(bytes, scene, document, own);
    return scene === 'signature' && isSealOf(bytes, own);
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function areSignableAttributes(
  bytes: Uint8Array,
  scene: SigningScene,
  document: AskedDocument,
  { certificate }: OwnMeans,
): boolean {
  const attributes = readSignedAttributes(parseDer(bytes, { maxLength: 4_096 }));
  const saysNoMore = equalBytes(encodeSignedAttributes(attributes), bytes);
  return (
    saysNoMore &&
    contentTypes.has(attributes.contentType) &&
    attributes.messageDigest.length === digestLength &&
    isFor(certificate, attributes) &&
    // A message is signed as it is; the digest of a PDF is of it with its new seal.
    (scene !== 'messageSignature' || toHex(attributes.messageDigest) === document.sm3)
  );
}

function isFor(certificate: Uint8Array, { signingCertificate }: SignedAttributes): boolean {
  return signingCertificate === undefined || namesCertificate(signingCertificate, certificate) === true;
}

/** TBS_Sign, version 4 (GB/T 38540 §7): version, seal, time, digest, what the digest is of. */
function isSealOf(bytes: Uint8Array, { seals }: OwnMeans): boolean {
  const fields = openFields(parseDer(bytes, { maxLength: 1_048_576 }));
  const version = unsignedInteger(fields.takeAny());
  const seal = fields.take(tags.sequence);
  timeValue(fields.take(tags.generalizedTime));
  const digest = bitStringOctets(fields.takeAny());
  fields.take(tags.ia5String);
  fields.takeIf(contextTag(0));
  fields.end();
  return version === 4n && digest.length === digestLength && seals.some((own) => equalBytes(own, seal.raw));
}
