import {
  issueIntermediateCertificate,
  issueRootCertificate,
  issueSigningCertificate,
  type Authority as IssuingAuthority,
} from '../../gm/certificate-builder.ts';
import { generateSm2KeyPair } from '../../gm/sm2.ts';

export interface Issuers {
  /** DER. */
  readonly root: Uint8Array;
  readonly intermediate: IssuingAuthority;
}

export const country = 'CN';
const organization = 'CA互认桥测试沙箱 TEST';
export const dayMs = 86_400_000;

/** A root and the authority under it that issues to subscribers, with fresh keys. */
export function makeIssuers(now: number): Issuers {
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

/** Who makes and signs seals (制章人), under `issuers`. */
export function makeSealMaker(
  { intermediate }: Issuers,
  now: number,
  crlDistributionPoints: readonly string[],
): IssuingAuthority {
  const { privateKey, publicKey } = generateSm2KeyPair();
  const certificate = issueSigningCertificate({
    subject: { country, organization, organizationalUnit: '测试制章 TEST', commonName: '制章人 TEST' },
    issuer: intermediate,
    publicKey,
    notBefore: new Date(now - 400 * dayMs),
    notAfter: new Date(now + 1_000 * dayMs),
    crlDistributionPoints,
  });
  return { certificate, privateKey };
}
