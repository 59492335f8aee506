import { parseCertificate } from '../../gm/certificate.ts';
import { createRevocationList } from '../../gm/revocation-list-builder.ts';
import { generateSm2KeyPair } from '../../gm/sm2.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex } from '../../lib/bytes.ts';
import { makeCentre, type CentrePair } from './centre.ts';
import { creditCodeFor } from './credit-code.ts';
import {
  issueEncryptionHalf,
  issueSigningHalf,
  type CertificateOrder,
  type EncryptionWishes,
  type PairDefect,
} from './issue-certificates.ts';
import { issueSeals, type IssuedSeal, type SealDefect } from './issue-seals.ts';
import { dayMs, makeIssuers, makeSealMaker, type Issuers } from './issuers.ts';
import { enrolmentProofHolds, renewalProofHolds } from './proofs.ts';
import { drawSealPictures, type SealPictures } from './seal-pictures.ts';

export { centreName, type CentrePair, type KeyedCertificate } from './centre.ts';
export type { EncryptionDefect, EncryptionWishes, PairDefect } from './issue-certificates.ts';
export type { IssuedSeal, SealDefect } from './issue-seals.ts';
export type { SealPictures } from './seal-pictures.ts';

export interface SigningCertificateRequest {
  readonly organisation: string;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly signingPublicKey: Uint8Array;
}

export interface EncryptionCertificateRequest {
  readonly organisation: string;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly encryptionPublicKey: Uint8Array;
}

export interface PairRequest extends SigningCertificateRequest, EncryptionCertificateRequest {}

/**
 * A request with the signing key's signature (DER) over name and keys: that key is in the asker's hands. Without an
 * encryption key only a signing certificate is wished.
 */
export interface Enrolment extends SigningCertificateRequest {
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly encryptionPublicKey?: Uint8Array | undefined;
  readonly proof: Uint8Array;
}

/** Asks for another encryption certificate, with the same key or another one. */
export interface EncryptionRenewal {
  /** The holder's own, DER, from an enrolment here. */
  readonly signingCertificate: Uint8Array;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly encryptionPublicKey: Uint8Array;
  /** The signing key's signature (DER) over both. */
  readonly proof: Uint8Array;
}

/** A subscriber's signing certificate. */
export interface IssuedSigning {
  /** DER. */
  readonly signing: Uint8Array;
  /** DER, the issuers without the root. */
  readonly chain: readonly Uint8Array[];
  readonly creditCode: string;
  /** Hexadecimal serial of the signing certificate. */
  readonly serial: string;
  readonly notAfter: Date;
}

/** A subscriber's two certificates. */
export interface CertificatePair extends IssuedSigning {
  /** DER. */
  readonly encryption: Uint8Array;
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
  /** Both certificates; but for `wrongUsage`, a defect is in both. */
  issuePair(request: PairRequest, defect?: PairDefect): CertificatePair;
  issueSigning(request: SigningCertificateRequest, defect?: PairDefect): IssuedSigning;
  /** DER: the first of a holder, or a further one with the same key or another. */
  issueEncryption(request: EncryptionCertificateRequest, wishes?: EncryptionWishes): Uint8Array;
  /** A pair for the trading centre, with fresh keys. */
  issueCentre(): CentrePair;
  /** What was wished, or undefined where the proof does not hold. */
  enrol(request: Enrolment): (IssuedSigning & { readonly encryption?: Uint8Array }) | undefined;
  /** The new encryption certificate (DER), or undefined where the proof does not hold or nobody such was enrolled. */
  renewEncryption(request: EncryptionRenewal): Uint8Array | undefined;
  /** The seals of company and legal person, the maker's certificate in them. */
  issueSeals(request: SealsRequest, defect?: SealDefect): readonly IssuedSeal[];
  /** From now on the serial (hexadecimal) stands in the revocation list. */
  revoke(serial: string): void;
  /** The list of the authority that issues to subscribers, as of now; DER. */
  revocationList(): Uint8Array;
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

  /** Organisations by their signing certificate's SM3. */
  const enrolled = new Map<string, string>();

  const issuersFor = (isUntrusted: boolean): Issuers => (isUntrusted ? makeIssuers(clock()) : issuers);

  const orderFor = (
    organisation: string,
    publicKey: Uint8Array,
    { intermediate }: Issuers,
  ): CertificateOrder => ({
    organisation,
    publicKey,
    issuer: intermediate,
    crlDistributionPoints: distributionPoints(),
    now: clock(),
  });

  function issueSigning(
    { organisation, signingPublicKey }: SigningCertificateRequest,
    defect?: PairDefect,
    by = issuersFor(defect === 'untrusted'),
  ): IssuedSigning {
    const signing = issueSigningHalf(orderFor(organisation, signingPublicKey, by), defect);
    const { serialNumber, notAfter } = parseCertificate(signing);
    const creditCode = creditCodeFor(organisation);
    return { signing, chain: [by.intermediate.certificate], creditCode, serial: serialNumber, notAfter };
  }

  function issueEncryption(
    { organisation, encryptionPublicKey }: EncryptionCertificateRequest,
    wishes: EncryptionWishes = {},
    by = issuersFor(wishes.defect === 'untrusted'),
  ): Uint8Array {
    const certificate = issueEncryptionHalf(orderFor(organisation, encryptionPublicKey, by), wishes);
    if (wishes.defect === 'revoked') revoke(parseCertificate(certificate).serialNumber);
    return certificate;
  }

  function issuePair(request: PairRequest, defect?: PairDefect): CertificatePair {
    const by = issuersFor(defect === 'untrusted');
    const ofBoth = defect === 'wrongUsage' ? undefined : defect;
    const encryption = issueEncryption(request, { defect: ofBoth }, by);
    return { ...issueSigning(request, defect, by), encryption };
  }

  function enrol(enrolment: Enrolment): ReturnType<Authority['enrol']> {
    if (!enrolmentProofHolds(enrolment)) return undefined;
    const { organisation, encryptionPublicKey } = enrolment;
    const issued = issueSigning(enrolment);
    enrolled.set(toHex(sm3(issued.signing)), organisation);
    if (encryptionPublicKey === undefined) return issued;
    return { ...issued, encryption: issueEncryption({ organisation, encryptionPublicKey }) };
  }

  function renewEncryption(renewal: EncryptionRenewal): Uint8Array | undefined {
    const { signingCertificate, encryptionPublicKey } = renewal;
    const organisation = enrolled.get(toHex(sm3(signingCertificate)));
    if (organisation === undefined) return undefined;
    const { publicKey } = parseCertificate(signingCertificate);
    return renewalProofHolds(renewal, publicKey)
      ? issueEncryption({ organisation, encryptionPublicKey })
      : undefined;
  }

  function revoke(serialNumber: string): void {
    revoked.push({ serialNumber, revokedAt: new Date(clock()) });
  }

  function someoneElse(): Uint8Array {
    const { publicKey } = generateSm2KeyPair();
    return issueSigning({ organisation: '他人测试有限公司', signingPublicKey: publicKey }).signing;
  }

  return {
    root: issuers.root,
    issuer: issuers.intermediate.certificate,
    fingerprint: toHex(sm3(issuers.root)),
    issuePair,
    issueSigning: (request, defect) => issueSigning(request, defect),
    issueEncryption: (request, wishes) => issueEncryption(request, wishes),
    issueCentre: () => makeCentre(issuePair),
    enrol,
    renewEncryption,
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
    revoke,
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
