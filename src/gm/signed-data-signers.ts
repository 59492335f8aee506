import { equalBytes } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import { retag } from './der-encode.ts';
import { DerError, tags } from './der.ts';
import { oid } from './object-identifiers.ts';
import { namesCertificate, readSignedAttributes } from './signed-attributes.ts';
import type { SignedDataMessage, SignerInfo } from './signed-data-message.ts';
import { sm2SignatureHolds, sm2SignatureOverDigestHolds, userDigest } from './sm2.ts';

/**
 * - `malformed`: no SignedData of GM/T 0010 or RFC 5652 in strict DER
 * - `unsupportedAlgorithm`: another digest or signature than SM3 and SM2
 * - `contentMissing`: a detached signature, and no content was given (or its digest where the content is needed)
 * - `contentMismatch`: the content inside is not the one given
 * - `ambiguousContent`: the content could be the signed attributes of another message
 * - `signerMissing`: nobody signed
 * - `certificateMissing`: a signer's certificate is neither inside nor given
 * - `digestMismatch`: the signed attributes belong to another content
 * - `certificateMismatch`: the signed attributes name another certificate than the one that stands for the signer
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
  | 'certificateMismatch'
  | 'signatureInvalid';

export interface Signer {
  /** Whose key signed. Not yet trusted: see `buildChain`. */
  readonly certificate: Certificate;
  /** When the signer says it signed, where it says so. */
  readonly signingTime?: Date;
}

export class Refusal extends Error {
  readonly reason: SignedDataRefusal;

  constructor(reason: SignedDataRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/** What `attempt` returns; a refusal thrown inside, or a DerError, becomes a result. */
export function refusalOr<Result>(
  attempt: () => Result,
): Result | { readonly ok: false; readonly reason: SignedDataRefusal } {
  try {
    return attempt();
  } catch (error) {
    return refusalFrom(error);
  }
}

/** @throws `error` itself when it tells nothing of the message */
export function refusalFrom(error: unknown): { readonly ok: false; readonly reason: SignedDataRefusal } {
  if (error instanceof Refusal) return { ok: false, reason: error.reason };
  if (error instanceof DerError) return { ok: false, reason: 'malformed' };
  throw error;
}

/** A signer with the certificate that stands for it; nothing is verified yet. */
export interface Candidate {
  readonly info: SignerInfo;
  readonly certificate: Certificate;
  /** What its signature needs hashed before the content: Z_A, or nothing where it signed attributes. */
  readonly prefix: Uint8Array;
}

const signatureAlgorithms: ReadonlySet<string> = new Set([oid.sm2Sign, oid.sm2WithSm3, oid.sm2]);

/** Finds everyone's certificate, in the message or among `further`. @throws Refusal */
export function findSigners(message: SignedDataMessage, further: readonly Certificate[] = []): Candidate[] {
  if (message.signerInfos.length === 0) throw new Refusal('signerMissing');
  const known = [...message.certificates, ...further];
  return message.signerInfos.map((info) => {
    if (info.digestAlgorithm !== oid.sm3 || !signatureAlgorithms.has(info.signatureAlgorithm)) {
      throw new Refusal('unsupportedAlgorithm');
    }
    const certificate = known.find(
      ({ issuer, serialNumber }) =>
        equalBytes(issuer.raw, info.issuer) && BigInt(`0x${serialNumber}`) === info.serialNumber,
    );
    if (certificate === undefined) throw new Refusal('certificateMissing');
    const prefix = info.signedAttributes === undefined ? userDigest(certificate.publicKey) : new Uint8Array();
    return { info, certificate, prefix };
  });
}

/** What is known of the content when signatures are verified. */
export interface ContentFacts {
  /** SM3(prefix ‖ content), 32 bytes; undefined where the content is not there to be hashed. */
  digest(prefix: Uint8Array): Uint8Array | undefined;
  /** The content could be signed attributes. */
  readonly isAmbiguous: boolean;
}

/** @throws Refusal unless the signature holds over the content; DerError for malformed attributes */
export function verifySigner(candidate: Candidate, content: ContentFacts, dataType: string): Signer {
  const { info, certificate, prefix } = candidate;
  const digest = content.digest(prefix);
  if (digest === undefined) throw new Refusal('contentMissing');
  if (info.signedAttributes === undefined) {
    if (content.isAmbiguous) throw new Refusal('ambiguousContent');
    if (!sm2SignatureOverDigestHolds(certificate.publicKey, digest, info.signature)) {
      throw new Refusal('signatureInvalid');
    }
    return { certificate };
  }
  const { contentType, messageDigest, signingTime, signingCertificate } = readSignedAttributes(
    info.signedAttributes,
  );
  if (contentType !== dataType || !equalBytes(messageDigest, digest)) throw new Refusal('digestMismatch');
  if (signingCertificate !== undefined) {
    const isNamed = namesCertificate(signingCertificate, certificate.raw);
    if (isNamed === undefined) throw new Refusal('unsupportedAlgorithm');
    if (!isNamed) throw new Refusal('certificateMismatch');
  }
  // Signed as the SET OF that it is, not under the IMPLICIT tag it travels with (RFC 5652 §5.4).
  const signed = retag(info.signedAttributes.raw, tags.set);
  if (!sm2SignatureHolds(certificate.publicKey, signed, info.signature)) {
    throw new Refusal('signatureInvalid');
  }
  return { certificate, ...(signingTime === undefined ? {} : { signingTime }) };
}
