import { isCertificateRefusal, parseCertificate, type Certificate } from '../gm/certificate.ts';
import { fromBase64 } from '../lib/bytes.ts';
import { displayableName } from '../lib/displayable-name.ts';
import { CodedError } from '../protocol/coded-error.ts';
import type { Signer } from '../protocol/documents.ts';

const longestCreditCode = 18;

/** A signer's certificate, base64 DER. @throws CodedError `SIGNER_UNREADABLE` for what is no SM2 certificate */
export function readSignerCertificate(base64: string): Certificate {
  try {
    return parseCertificate(fromBase64(base64));
  } catch (error) {
    if (!isCertificateRefusal(error) && !(error instanceof RangeError)) throw error;
    throw new CodedError('SIGNER_UNREADABLE');
  }
}

/** What the certificate says, as people may be shown it. */
export function signerOf({ subject, creditCode, serialNumber }: Certificate): Signer {
  const { commonName, organization, text } = subject;
  return {
    name: displayableName(commonName ?? text),
    ...(organization === undefined ? {} : { organization: displayableName(organization) }),
    ...(creditCode === undefined || creditCode.length > longestCreditCode ? {} : { creditCode }),
    serialNumber,
  };
}
