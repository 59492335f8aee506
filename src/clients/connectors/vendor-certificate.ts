import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { sizeLimits } from '../../protocol/limits.ts';
import { readVendorBase64 } from './vendor-base64.ts';

/**
 * A certificate as a vendor's service gives it, base64 DER; undefined for one that CA Bridge does not take: of RSA,
 * too long, or none at all.
 */
export function readVendorCertificate(text: string): Certificate | undefined {
  const der = text.length > 2 * sizeLimits.base64Certificate ? undefined : readVendorBase64(text);
  if (der === undefined || der.length > (sizeLimits.base64Certificate / 4) * 3) return undefined;
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isCertificateRefusal(error)) return undefined;
    throw error;
  }
}
