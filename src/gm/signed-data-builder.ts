import { concatBytes } from '../lib/bytes.ts';
import { parseCertificate } from './certificate.ts';
import {
  encode,
  encodeHeader,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeUnsignedInteger,
  retag,
} from './der-encode.ts';
import { contextTag, parseDer, tags } from './der.ts';
import { oid } from './object-identifiers.ts';
import { encodeSignedAttributes } from './signed-attributes.ts';
import { contentTypes, type SignedDataFlavour } from './signed-data-flavour.ts';
import { signSm2 } from './sm2.ts';
import { sm3 } from './sm3.ts';

export interface SignedDataRequest {
  readonly content: Uint8Array;
  /** Whether the message carries the content, or only the signature over it. */
  readonly form: 'attached' | 'detached';
  readonly signer: {
    /** DER. */
    readonly certificate: Uint8Array;
    /** 32 bytes. */
    readonly privateKey: Uint8Array;
  };
  /** DER of the signer's issuers, put beside the signer's certificate. */
  readonly chain?: readonly Uint8Array[];
  /** `gm` unless told. */
  readonly flavour?: SignedDataFlavour;
  /** Signs content type, digest, certificate and this time; without it the content itself is signed, as CFCA's tools do. */
  readonly signedAttributes?: { readonly signingTime: Date };
}

/**
 * SignedData of GM/T 0010 (GB/T 35275) §8, inside its ContentInfo, where key and content are at hand. DER.
 * @throws DerError, CertificateError when a certificate cannot be read
 */
export function createSignedData(request: SignedDataRequest): Uint8Array {
  const { content, form, signer, chain = [], flavour = 'gm', signedAttributes } = request;
  const { certificate, privateKey } = signer;
  const toBeSigned =
    signedAttributes &&
    createToBeSignedAttributes({ contentDigest: sm3(content), certificate, flavour, ...signedAttributes });
  const signature = signSm2(privateKey, toBeSigned ?? content);
  const parts = { toBeSigned, signature, certificate, chain, flavour };
  if (form === 'detached') return encodeMessage(parts).before;
  const { before, after } = encodeMessage({ ...parts, attached: { size: content.length } });
  return concatBytes(before, content, after);
}

export interface ToBeSignedRequest {
  /** SM3 of the content, 32 bytes. */
  readonly contentDigest: Uint8Array;
  readonly signingTime: Date;
  /** The signer's, DER. */
  readonly certificate: Uint8Array;
  readonly flavour: SignedDataFlavour;
}

/**
 * The first half of signing where the key is elsewhere: what is to be signed with SM2 and SM3 (Z_A included).
 * @returns SET OF Attribute, DER: contentType, messageDigest, signingTime, signing-certificate-v2 (RFC 5035) with SM3
 * @throws RangeError when `contentDigest` is not 32 bytes
 */
export function createToBeSignedAttributes(request: ToBeSignedRequest): Uint8Array {
  const { contentDigest, signingTime, certificate, flavour } = request;
  if (contentDigest.length !== 32) throw new RangeError('contentDigest is not 32 bytes');
  return encodeSignedAttributes({
    contentType: contentTypes[flavour].data,
    messageDigest: contentDigest,
    signingTime,
    signingCertificate: { algorithm: oid.sm3, value: sm3(certificate) },
  });
}

export interface AssembleRequest {
  /** From `createToBeSignedAttributes`, for the same certificate and flavour. */
  readonly toBeSigned: Uint8Array;
  /** DER SEQUENCE { r, s } over `toBeSigned`. Not checked here: `verifySignedData` does. */
  readonly signature: Uint8Array;
  /** The signer's, DER. */
  readonly certificate: Uint8Array;
  /** DER of the signer's issuers. */
  readonly chain?: readonly Uint8Array[];
  readonly flavour: SignedDataFlavour;
}

/** A message that carries its content: `before` ‖ content ‖ `after` is its DER. */
export interface AttachedFrame {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * The second half: the SignedData inside its ContentInfo. With `attached`, a content of `size` bytes (below 2⁵³) goes
 * between the two parts of the frame; without, the message is detached and returned whole.
 * @throws DerError, CertificateError when the certificate cannot be read; DerError for `toBeSigned` that is no SET
 */
export function assembleSignedData(request: AssembleRequest & { readonly attached?: undefined }): Uint8Array;
export function assembleSignedData(
  request: AssembleRequest & { readonly attached: { readonly size: number } },
): AttachedFrame;
export function assembleSignedData(
  request: AssembleRequest & { readonly attached?: { readonly size: number } | undefined },
): Uint8Array | AttachedFrame {
  const frame = encodeMessage(request);
  return request.attached === undefined ? frame.before : frame;
}

interface MessageParts extends Omit<AssembleRequest, 'toBeSigned'> {
  readonly toBeSigned: Uint8Array | undefined;
  readonly attached?: { readonly size: number } | undefined;
}

/** From the inside out, since each header counts all that follows it; a detached message is all `before`. */
function encodeMessage(parts: MessageParts): AttachedFrame {
  const { certificate, chain = [], flavour, attached } = parts;
  const { data, signedData } = contentTypes[flavour];
  const size = attached?.size ?? 0;
  const digestAlgorithm = algorithm(oid.sm3);
  const after = concatBytes(
    encode(contextTag(0), certificate, ...chain),
    encodeSetOf(encodeSignerInfo(parts, digestAlgorithm)),
  );
  const following = size + after.length;
  const carried =
    attached === undefined
      ? new Uint8Array()
      : openElement(contextTag(0), encodeHeader(tags.octetString, size), size);
  const contentInfo = openElement(tags.sequence, concatBytes(encodeObjectIdentifier(data), carried), size);
  const opening = concatBytes(encodeUnsignedInteger(1n), encodeSetOf(digestAlgorithm), contentInfo);
  const message = openElement(contextTag(0), openElement(tags.sequence, opening, following), following);
  const before = openElement(
    tags.sequence,
    concatBytes(encodeObjectIdentifier(signedData), message),
    following,
  );
  return attached === undefined
    ? { before: concatBytes(before, after), after: new Uint8Array() }
    : { before, after };
}

/** An element's header and the beginning of its content, of which `following` more octets are to come. */
function openElement(tag: number, opening: Uint8Array, following: number): Uint8Array {
  return concatBytes(encodeHeader(tag, opening.length + following), opening);
}

function encodeSignerInfo(parts: MessageParts, digestAlgorithm: Uint8Array): Uint8Array {
  const { issuer, serialNumber } = parseCertificate(parts.certificate);
  const { toBeSigned, flavour, signature } = parts;
  const attributes = toBeSigned && parseDer(toBeSigned).raw;
  return encodeSequence(
    encodeUnsignedInteger(1n),
    encodeSequence(issuer.raw, encodeUnsignedInteger(BigInt(`0x${serialNumber}`))),
    digestAlgorithm,
    ...(attributes === undefined ? [] : [retag(attributes, contextTag(0))]),
    // GM/T 0010 names the key's algorithm here; readers of RFC 5652 want that of the signature.
    flavour === 'gm' ? algorithm(oid.sm2Sign) : encodeSequence(encodeObjectIdentifier(oid.sm2WithSm3)),
    encodeOctetString(signature),
  );
}

function algorithm(id: string): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(id), encode(tags.null));
}
