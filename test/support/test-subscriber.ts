import { generateSm2KeyPair } from '../../src/gm/sm2.ts';
import type { Authority, CertificatePair, PairDefect } from '../../src/sandbox/authority/authority.ts';
import type { SigningCredential } from '../../src/sandbox/phone/phone-agent.ts';

export interface TestSubscriber {
  readonly credential: SigningCredential;
  readonly pair: CertificatePair;
}

/** A company of nobody with fresh keys and a certificate pair, defective if a test wants it so. */
export function testSubscriber(authority: Authority, defect?: PairDefect): TestSubscriber {
  const signing = generateSm2KeyPair();
  const encryption = generateSm2KeyPair();
  const request = {
    organisation: '湛江测试建设有限公司',
    signingPublicKey: signing.publicKey,
    encryptionPublicKey: encryption.publicKey,
  };
  const pair = authority.issuePair(request, defect);
  return {
    pair,
    credential: { privateKey: signing.privateKey, certificate: pair.signing, chain: pair.chain },
  };
}
