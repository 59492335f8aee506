import { generateSm2KeyPair } from '../../gm/sm2.ts';
import type { CertificatePair, PairRequest } from './authority.ts';

/** A certificate with its key. */
export interface KeyedCertificate {
  /** DER. */
  readonly certificate: Uint8Array;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

/** The trading centre's certificates, with which it can open what is encrypted to it too. */
export interface CentrePair {
  readonly organisation: string;
  readonly signing: KeyedCertificate;
  readonly encryption: KeyedCertificate;
  /** DER, the issuers without the root. */
  readonly chain: readonly Uint8Array[];
}

export const centreName = '湛江市公共资源交易中心（测试）';

/** A pair for the trading centre, with fresh keys. */
export function makeCentre(issuePair: (request: PairRequest) => CertificatePair): CentrePair {
  const signing = generateSm2KeyPair();
  const encryption = generateSm2KeyPair();
  const pair = issuePair({
    organisation: centreName,
    signingPublicKey: signing.publicKey,
    encryptionPublicKey: encryption.publicKey,
  });
  return {
    organisation: centreName,
    signing: { certificate: pair.signing, privateKey: signing.privateKey },
    encryption: { certificate: pair.encryption, privateKey: encryption.privateKey },
    chain: pair.chain,
  };
}
