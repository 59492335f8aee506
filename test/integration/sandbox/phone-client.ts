import {
  createAuthority,
  type Authority,
  type PairDefect,
} from '../../../src/sandbox/authority/authority.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import type { SigningCredential } from '../../../src/sandbox/phone/phone-agent.ts';

/** A subscriber's signing key with a certificate of `authority`. */
export function credentialFrom(authority: Authority, defect?: PairDefect): SigningCredential {
  const signing = generateSm2KeyPair();
  const pair = authority.issuePair(
    {
      organisation: '湛江测试建设工程有限公司',
      signingPublicKey: signing.publicKey,
      encryptionPublicKey: generateSm2KeyPair().publicKey,
    },
    defect,
  );
  return { privateKey: signing.privateKey, certificate: pair.signing, chain: pair.chain };
}

export const freshCredential = (): SigningCredential => credentialFrom(createAuthority(Date.now));
