import { fromBase64, toBase64, toHex } from '../../lib/bytes.ts';
import { countLimits, sizeLimits } from '../../protocol/limits.ts';
import { parseCertificate } from '../../gm/certificate.ts';
import { sm3 } from '../../gm/sm3.ts';

/** A root certificate that the user trusts, as it is shown. */
export interface TrustAnchor {
  /** Base64 DER. */
  readonly certificate: string;
  /** RFC 4514. */
  readonly subject: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SM3 of the certificate, hexadecimal. */
  readonly fingerprint: string;
}

/** Characters of the largest file of certificates that is read. */
const maxFile = sizeLimits.base64Certificate * countLimits.trustAnchors;

/**
 * The authorities' certificates in a file: one in DER, or any number in PEM.
 * @throws Error when there is none, or one that is no SM2 certificate of an authority
 */
export async function readAnchorFile(file: Blob): Promise<readonly TrustAnchor[]> {
  if (file.size > maxFile) throw new RangeError('too large for certificates');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const blocks = new TextDecoder('latin1')
    .decode(bytes)
    .matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  const inPem = [...blocks].map(([, body = '']) => body.replaceAll(/\s/g, ''));
  return (inPem.length > 0 ? inPem : [toBase64(bytes)]).map(readAnchor);
}

/** @throws Error when `certificate` (base64 DER) is no SM2 certificate of an authority */
export function readAnchor(certificate: string): TrustAnchor {
  if (certificate.length > sizeLimits.base64Certificate) throw new RangeError('too large for a certificate');
  const der = fromBase64(certificate);
  const { subject, notBefore, notAfter, basicConstraints } = parseCertificate(der);
  if (basicConstraints?.ca !== true) throw new RangeError('not an authority');
  return {
    certificate,
    subject: subject.text,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    fingerprint: toHex(sm3(der)),
  };
}
