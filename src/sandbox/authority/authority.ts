import { parseCertificate } from '../../gm/certificate.ts';
import {
  issueEncryptionCertificate,
  issueIntermediateCertificate,
  issueRootCertificate,
  issueSigningCertificate,
  type Authority as IssuingAuthority,
  type SubscriberRequest,
} from '../../gm/certificate-builder.ts';
import { generateSm2KeyPair, verifySm2 } from '../../gm/sm2.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex, utf8 } from '../../lib/bytes.ts';
import { creditCodeFor } from './credit-code.ts';

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

export interface Authority {
  /** DER. */
  readonly root: Uint8Array;
  /** Hexadecimal SM3 of the root. */
  readonly fingerprint: string;
  issuePair(request: PairRequest, defect?: PairDefect): CertificatePair;
  /** The pair, or undefined where the proof does not hold. */
  enrol(request: Enrolment): CertificatePair | undefined;
}

interface Issuers {
  readonly root: Uint8Array;
  readonly intermediate: IssuingAuthority;
}

const country = 'CN';
const organization = 'CA互认桥测试沙箱 TEST';
const dayMs = 86_400_000;

function makeIssuers(now: number): Issuers {
  const rootKey = generateSm2KeyPair();
  const intermediateKey = generateSm2KeyPair();
  const notBefore = new Date(now - 400 * dayMs);
  const root = issueRootCertificate({
    subject: { country, organization, commonName: '测试根 CA TEST ROOT' },
    privateKey: rootKey.privateKey,
    notBefore,
    notAfter: new Date(now + 3_650 * dayMs),
  });
  const certificate = issueIntermediateCertificate({
    subject: { country, organization, commonName: '测试企业证书 CA TEST' },
    issuer: { certificate: root, privateKey: rootKey.privateKey },
    publicKey: intermediateKey.publicKey,
    notBefore,
    notAfter: new Date(now + 1_825 * dayMs),
  });
  return { root, intermediate: { certificate, privateKey: intermediateKey.privateKey } };
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

/** A test authority with fresh keys; every name in its certificates says 测试 or TEST. */
export function createAuthority(clock: () => number): Authority {
  const issuers = makeIssuers(clock());

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

  return {
    root: issuers.root,
    fingerprint: toHex(sm3(issuers.root)),
    issuePair,
    enrol: (enrolment) => (proofHolds(enrolment) ? issuePair(enrolment) : undefined),
  };
}
