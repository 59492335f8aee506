import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { Trust } from '../../protocol/signature-methods.ts';

/** The authorities to trust, those of the deployment first. @throws CodedError `POLICY_INVALID` when one cannot be read: no signer is to blame. */
export function readAnchors({ anchors, siteAnchors = [] }: Trust): Certificate[] {
  try {
    return [...anchors, ...siteAnchors].map((anchor) => parseCertificate(fromBase64(anchor)));
  } catch (error) {
    if (error instanceof RangeError || isCertificateRefusal(error)) throw new CodedError('POLICY_INVALID');
    throw error;
  }
}

/**
 * Whether it may be asked for revocation lists what the chain names: only a chain that ends at the deployment's own
 * anchor, for the addresses of any other are a page's choice.
 */
export function mayAsk({ anchors, online }: Trust, chain: readonly Certificate[]): boolean {
  const anchor = chain.at(-1);
  return online && anchor !== undefined && anchors.includes(toBase64(anchor.raw));
}
