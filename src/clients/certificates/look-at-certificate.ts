import { buildChain } from '../../gm/certificate-chain.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { Trust } from '../../protocol/signature-methods.ts';
import { isRevoked } from './find-revoked.ts';
import { certificateCodes } from './judge-certificate.ts';
import { mayAsk, readAnchors } from './read-anchors.ts';
import { readBase64, readCertificate } from './read-certificate.ts';

/** A certificate whose key opens what was encrypted to it, be it still valid or not. */
export interface SeenCertificate {
  readonly certificate: Certificate;
  /** A list that its authority offers names it, or one of its issuers. */
  readonly revoked: boolean;
}

/**
 * Reads an encryption certificate of which only the key is wanted: what was encrypted to it can be opened after it
 * expired or was revoked, and whoever issued it.
 * @param encoded base64 DER
 * @throws CodedError `RECIPIENT_UNREADABLE`, `RECIPIENT_NOT_FOR_ENCRYPTION`, `POLICY_INVALID`
 */
export async function lookAtCertificate(
  encoded: { readonly certificate: string; readonly chain: readonly string[] },
  { trust, now, signal }: { readonly trust: Trust; readonly now: Date; readonly signal: AbortSignal },
): Promise<SeenCertificate> {
  const purpose = 'encryption';
  const codes = certificateCodes[purpose];
  const leaf = readBase64(encoded.certificate, codes.malformed);
  const intermediates = encoded.chain.map((issuer) => readBase64(issuer, codes.malformed));
  const certificate = readCertificate(leaf, codes.malformed);
  const at = within(now, certificate);
  const built = buildChain({ leaf, intermediates, anchors: readAnchors(trust), at, purpose });
  if (!built.ok && built.reason !== 'untrusted') throw new CodedError(codes[built.reason]);
  const revoked =
    built.ok && mayAsk(trust, built.chain) && (await isRevoked(built.chain, { purpose, at, now, signal }));
  return { certificate, revoked };
}

/** The moment of a certificate's validity that is nearest to `date`. */
function within(date: Date, { notBefore, notAfter }: Certificate): Date {
  return new Date(Math.max(notBefore.getTime(), Math.min(date.getTime(), notAfter.getTime())));
}
