import { isCertificateRefusal, parseCertificate, type Certificate } from '../gm/certificate.ts';
import { fromBase64 } from '../lib/bytes.ts';

/** Certificates of the authorities that a site accepts, read once at start. */
export type TrustAnchors = readonly Certificate[];

const pemBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/**
 * Reads trust anchors, each given as DER, or as PEM text with any number of certificates.
 * @throws TypeError when there is none, or one is no SM2 certificate of an authority: a site must not start with
 *   less trust, or other trust, than its administrator wrote down.
 */
export function readTrustAnchors(...sources: readonly (Uint8Array | string)[]): TrustAnchors {
  const encodings = sources.flatMap((source) => (typeof source === 'string' ? readPem(source) : [source]));
  if (encodings.length === 0) throw new TypeError('no trust anchor given');
  return encodings.map(readAnchor);
}

function readPem(text: string): Uint8Array[] {
  const blocks = [...text.matchAll(pemBlock)];
  const begun = text.split('-----BEGIN ').length - 1;
  if (blocks.length === 0 || blocks.length !== begun) {
    throw new TypeError('trust anchor: not PEM certificates alone');
  }
  return blocks.map(([, base64 = '']) => {
    try {
      return fromBase64(base64.replaceAll(/\s/g, ''));
    } catch (cause) {
      throw new TypeError('trust anchor: not PEM', { cause });
    }
  });
}

function readAnchor(der: Uint8Array, index: number): Certificate {
  try {
    const certificate = parseCertificate(der);
    if (certificate.basicConstraints?.ca !== true)
      throw new TypeError(`trust anchor ${index} is no authority`);
    return certificate;
  } catch (cause) {
    if (!isCertificateRefusal(cause)) throw cause;
    throw new TypeError(`trust anchor ${index} is no SM2 certificate: ${cause.message}`, { cause });
  }
}
