import { generateSm2KeyPair } from '../../src/gm/sm2.ts';
import type {
  Authority,
  CertificatePair,
  PairDefect,
  SealDefect,
} from '../../src/sandbox/authority/authority.ts';
import type { PhoneIdentity, PhoneSeal, SigningCredential } from '../../src/sandbox/phone/phone-agent.ts';

export interface TestSubscriber {
  readonly credential: SigningCredential;
  readonly pair: CertificatePair;
  /** Round company seal `company` and square seal of its legal person `legalPerson`. */
  readonly seals: readonly PhoneSeal[];
  /** What its phone says of itself. */
  readonly identity: PhoneIdentity;
}

/** A company of nobody with fresh keys, a certificate pair and seals, defective if a test wants them so. */
export function testSubscriber(
  authority: Authority,
  defect?: PairDefect,
  sealDefect?: SealDefect,
): TestSubscriber {
  const organisation = '湛江测试建设有限公司';
  const signing = generateSm2KeyPair();
  const encryption = generateSm2KeyPair();
  const request = {
    organisation,
    signingPublicKey: signing.publicKey,
    encryptionPublicKey: encryption.publicKey,
  };
  const pair = authority.issuePair(request, defect);
  const seals = authority.issueSeals({ organisation, holder: pair.signing }, sealDefect);
  return {
    pair,
    seals,
    identity: { certificate: pair.signing, chain: pair.chain, seals },
    credential: { privateKey: signing.privateKey, certificate: pair.signing, chain: pair.chain },
  };
}
