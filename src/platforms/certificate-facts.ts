import type { Certificate } from '../gm/certificate.ts';
import { sm3 } from '../gm/sm3.ts';
import { toHex } from '../lib/bytes.ts';
import type { Recipient } from '../protocol/bids.ts';
import { codeOf } from '../protocol/coded-error.ts';
import { readSignerCertificate, signerOf } from './read-signer.ts';

/**
 * What people may be shown of a certificate, base64 DER, as its platform gave it: not judged. Undefined for what is no
 * SM2 certificate.
 */
export function certificateFacts(base64: string): Recipient | undefined {
  try {
    return factsOf(readSignerCertificate(base64));
  } catch (error) {
    if (codeOf(error) === 'SIGNER_UNREADABLE') return undefined;
    throw error;
  }
}

/** A stranger's certificate may have a number and times out of bounds. */
function factsOf(certificate: Certificate): Recipient {
  const signer = signerOf(certificate);
  return {
    ...signer,
    serialNumber: signer.serialNumber.slice(0, 64),
    fingerprint: toHex(sm3(certificate.raw)),
    notBefore: Math.max(0, certificate.notBefore.getTime()),
    notAfter: Math.max(0, certificate.notAfter.getTime()),
  };
}
