import type { Authority as IssuingAuthority } from '../../gm/certificate-builder.ts';
import {
  issueEncryptionCertificate,
  issueSigningCertificate,
  type SubscriberRequest,
} from '../../gm/certificate-builder.ts';
import { creditCodeFor } from './credit-code.ts';
import { country, dayMs } from './issuers.ts';

/** What is wrong with a pair that a test asks for. */
export type PairDefect =
  | 'expired'
  | 'notYetValid'
  /** The signing certificate may only encipher; asked for the encryption certificate: it may only sign. */
  | 'wrongUsage'
  /** Issued by another authority of the same names. */
  | 'untrusted';

/** What is wrong with an encryption certificate that a test asks for. */
export type EncryptionDefect =
  | PairDefect
  /** It stands in the revocation list from the beginning. */
  | 'revoked';

/** How an encryption certificate is to be. */
export interface EncryptionWishes {
  readonly defect?: EncryptionDefect | undefined;
  /** Days from now at which it ends; 365 unless told. */
  readonly endsInDays?: number | undefined;
}

export interface CertificateOrder {
  readonly organisation: string;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly publicKey: Uint8Array;
  readonly issuer: IssuingAuthority;
  readonly crlDistributionPoints: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Days from now at which a certificate begins and ends. */
const validity = {
  sound: [-1, 365],
  expired: [-366, -1],
  notYetValid: [1, 366],
} as const;

type Validity = readonly [from: number, to: number];

function validityOf(defect: EncryptionDefect | undefined): Validity {
  return defect === 'expired' || defect === 'notYetValid' ? validity[defect] : validity.sound;
}

function requestOf(
  { organisation, publicKey, issuer, crlDistributionPoints, now }: CertificateOrder,
  [from, to]: Validity,
): SubscriberRequest {
  return {
    subject: {
      country,
      organization: organisation,
      organizationalUnit: '测试证书 TEST',
      commonName: organisation,
    },
    issuer,
    publicKey,
    notBefore: new Date(now + from * dayMs),
    notAfter: new Date(now + to * dayMs),
    crlDistributionPoints,
    creditCode: creditCodeFor(organisation),
  };
}

/** A signing certificate, DER. `untrusted` is for the caller, who chooses the issuer. */
export function issueSigningHalf(order: CertificateOrder, defect?: PairDefect): Uint8Array {
  const issue = defect === 'wrongUsage' ? issueEncryptionCertificate : issueSigningCertificate;
  return issue(requestOf(order, validityOf(defect)));
}

/** An encryption certificate, DER. `untrusted` and `revoked` are for the caller. */
export function issueEncryptionHalf(order: CertificateOrder, wishes: EncryptionWishes = {}): Uint8Array {
  const { defect, endsInDays } = wishes;
  const [from, to] = validityOf(defect);
  const issue = defect === 'wrongUsage' ? issueSigningCertificate : issueEncryptionCertificate;
  return issue(requestOf(order, [from, endsInDays ?? to]));
}
