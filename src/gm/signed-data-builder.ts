import { concatBytes } from '../lib/bytes.ts';
import { parseCertificate } from './certificate.ts';
import {
  encode,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeUnsignedInteger,
} from './der-encode.ts';
import { contextTag, tags } from './der.ts';
import { oid } from './object-identifiers.ts';
import { encodeSignedAttributes } from './signed-attributes.ts';
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
  /** Signs content type, digest and this time; without it the content itself is signed, as CFCA's tools do. */
  readonly signedAttributes?: { readonly signingTime: Date };
}

/**
 * SignedData of GM/T 0010 (GB/T 35275) §8, inside its ContentInfo. DER.
 * @throws DerError, CertificateError when a certificate cannot be read
 */
export function createSignedData(request: SignedDataRequest): Uint8Array {
  const { content, form, signer, chain = [] } = request;
  const digestAlgorithm = algorithm(oid.sm3);
  const carried = form === 'attached' ? [encode(contextTag(0), encodeOctetString(content))] : [];
  const signedData = encodeSequence(
    encodeUnsignedInteger(1n),
    encodeSetOf(digestAlgorithm),
    encodeSequence(encodeObjectIdentifier(oid.gmData), ...carried),
    encode(contextTag(0), signer.certificate, ...chain),
    encodeSetOf(encodeSignerInfo(request, digestAlgorithm)),
  );
  return encodeSequence(encodeObjectIdentifier(oid.gmSignedData), encode(contextTag(0), signedData));
}

function encodeSignerInfo(request: SignedDataRequest, digestAlgorithm: Uint8Array): Uint8Array {
  const { signer, content, signedAttributes } = request;
  const { issuer, serialNumber } = parseCertificate(signer.certificate);
  const attributes =
    signedAttributes &&
    encodeSignedAttributes({
      contentType: oid.gmData,
      messageDigest: sm3(content),
      signingTime: signedAttributes.signingTime,
    });
  const signature = signSm2(signer.privateKey, attributes ?? content);
  return encodeSequence(
    encodeUnsignedInteger(1n),
    encodeSequence(issuer.raw, encodeUnsignedInteger(BigInt(`0x${serialNumber}`))),
    digestAlgorithm,
    ...(attributes === undefined ? [] : [retag(attributes, contextTag(0))]),
    algorithm(oid.sm2Sign),
    encodeOctetString(signature),
  );
}

function algorithm(id: string): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(id), encode(tags.null));
}

/** The same element under an IMPLICIT tag. */
function retag(element: Uint8Array, tag: number): Uint8Array {
  return concatBytes(Uint8Array.of(tag), element.subarray(1));
}
