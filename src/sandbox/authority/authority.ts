import { parseCertificate } from '../../gm/certificate.ts';
import {
  issueEncryptionCertificate,
  issueSigningCertificate,
  type SubscriberRequest,
} from '../../gm/certificate-builder.ts';
import { createRevocationList } from '../../gm/revocation-list-builder.ts';
import { generateSm2KeyPair, verifySm2 } from '../../gm/sm2.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex, utf8 } from '../../lib/bytes.ts';
import { creditCodeFor } from './credit-code.ts';
import { issueSeals, type IssuedSeal, type SealDefect } from './issue-seals.ts';
import { country, dayMs, makeIssuers, makeSealMaker } from './issuers.ts';
import { drawSealPictures, type SealPictures } from './seal-pictures.ts';

export type { IssuedSeal, SealDefect } from './issue-seals.ts';
export type { SealPictures } from './seal-pictures.ts';

export interface PairRequest {
  readonly organisation: string;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly signingPublicKey: Uint8Array;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly encryptionPublicKey: Uint8Array;
}

/** A request with the signing key's signature (DER) over name and keys: that key is in the asker's hands. */
export interface Enrolment extends PairRequest {
  readonly proof: Uint8Array;
}

/** What is wrong with a pair that a test asks for. */
export type PairDefect =
  | 'expired'
  | 'notYetValid'
  /** The signing certificate may only encipher. */
  | 'wrongUsage'
  /** Issued by another authority of the same names. */
  | 'untrusted';

/** A subscriber's two certificates. */
export interface CertificatePair {
  /** DER. */
  readonly signing: Uint8Array;
  /** DER. */
  readonly encryption: Uint8Array;
  /** DER, the issuers without the root. */
  readonly chain: readonly Uint8Array[];
  readonly creditCode: string;
  /** Hexadecimal serial of the signing certificate. */
  readonly serial: string;
  readonly notAfter: Date;
}

export interface SealsRequest {
  readonly organisation: string;
  /** Who may sign with the seals: a signing certificate, DER. */
  readonly holder: Uint8Array;
  /** Drawn here unless given. */
  readonly pictures?: SealPictures | undefined;
}

export interface Authority {
  /** DER. */
  readonly root: Uint8Array;
  /** DER, the authority below the root that issues to subscribers: a seal carries no chain. */
  readonly issuer: Uint8Array;
  /** Hexadecimal SM3 of the root. */
  readonly fingerprint: string;
  issuePair(request: PairRequest, defect?: PairDefect): CertificatePair;
  /** The pair, or undefined where the proof does not hold. */
  enrol(request: Enrolment): CertificatePair | undefined;
  /** The seals of company and legal person, the maker's certificate in them. */
  issueSeals(request: SealsRequest, defect?: SealDefect): readonly IssuedSeal[];
  /** From now on the serial (hexadecimal) stands in the revocation list. */
  revoke(serial: string): void;
  /** The list of the authority that issues to subscribers, as of now; DER. */
  revocationList(): Uint8Array;
}

/** Days from now at which a pair begins and ends. */
const validity: Readonly<Record<PairDefect | 'sound', readonly [from: number, to: number]>> = {
  sound: [-1, 365],
  wrongUsage: [-1, 365],
  untrusted: [-1, 365],
  expired: [-366, -1],
  notYetValid: [1, 366],
};

function proofHolds({ organisation, signingPublicKey, encryptionPublicKey, proof }: Enrolment): boolean {
  const message = [organisation, toHex(signingPublicKey), toHex(encryptionPublicKey)].join('\n');
  try {
    return verifySm2(signingPublicKey, utf8(message), proof);
  } catch {
    return false;
  }
}

/**
 * A test authority with fresh keys; every name in its certificates says 测试 or TEST.
 * @param revocationAddress where its revocation list can be read, for certificates issued from then on
 */
export function createAuthority(
  clock: () => number,
  revocationAddress: () => string | undefined = () => undefined,
): Authority {
  const issuers = makeIssuers(clock());
  const revoked: { serialNumber: string; revokedAt: Date }[] = [];
  const distributionPoints = (): string[] => [revocationAddress() ?? []].flat();

  function issuePair(request: PairRequest, defect?: PairDefect): CertificatePair {
    const now = clock();
    const { intermediate } = defect === 'untrusted' ? makeIssuers(now) : issuers;
    const [from, to] = validity[defect ?? 'sound'];
    const creditCode = creditCodeFor(request.organisation);
    const common: Omit<SubscriberRequest, 'publicKey'> = {
      subject: {
        country,
        organization: request.organisation,
        organizationalUnit: '测试证书 TEST',
        commonName: request.organisation,
      },
      issuer: intermediate,
      notBefore: new Date(now + from * dayMs),
      notAfter: new Date(now + to * dayMs),
      crlDistributionPoints: distributionPoints(),
      creditCode,
    };
    const issueSigning = defect === 'wrongUsage' ? issueEncryptionCertificate : issueSigningCertificate;
    const signing = issueSigning({ ...common, publicKey: request.signingPublicKey });
    return {
      signing,
      encryption: issueEncryptionCertificate({ ...common, publicKey: request.encryptionPublicKey }),
      chain: [intermediate.certificate],
      creditCode,
      serial: parseCertificate(signing).serialNumber,
      notAfter: common.notAfter,
    };
  }

  function someoneElse(): Uint8Array {
    const { publicKey } = generateSm2KeyPair();
    return issuePair({
      organisation: '他人测试有限公司',
      signingPublicKey: publicKey,
      encryptionPublicKey: publicKey,
    }).signing;
  }

  return {
    root: issuers.root,
    issuer: issuers.intermediate.certificate,
    fingerprint: toHex(sm3(issuers.root)),
    issuePair,
    enrol: (enrolment) => (proofHolds(enrolment) ? issuePair(enrolment) : undefined),
    issueSeals({ organisation, holder, pictures = drawSealPictures(organisation) }, defect) {
      const now = clock();
      const makers = defect === 'untrustedMaker' ? makeIssuers(now) : issuers;
      const order = {
        holder: defect === 'otherHolder' ? someoneElse() : holder,
        pictures,
        maker: makeSealMaker(makers, now, distributionPoints()),
        now,
      };
      return issueSeals(order, defect === 'untrustedMaker' ? undefined : defect);
    },
    revoke(serial) {
      revoked.push({ serialNumber: serial, revokedAt: new Date(clock()) });
    },
    revocationList: () =>
      createRevocationList({
        issuer: issuers.intermediate,
        thisUpdate: new Date(clock()),
        nextUpdate: new Date(clock() + dayMs),
        number: BigInt(revoked.length + 1),
        entries: revoked,
      }),
  };
}
