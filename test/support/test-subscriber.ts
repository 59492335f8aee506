import { generateSm2KeyPair, type Sm2KeyPair } from '../../src/gm/sm2.ts';
import type {
  Authority,
  CertificatePair,
  EncryptionWishes,
  PairDefect,
  SealDefect,
} from '../../src/sandbox/authority/authority.ts';
import type {
  BidIdentity,
  EncryptionCredential,
  PhoneIdentity,
  PhoneSeal,
  SigningCredential,
} from '../../src/sandbox/phone/phone-agent.ts';

export interface TestSubscriber {
  readonly organisation: string;
  readonly credential: SigningCredential;
  readonly pair: CertificatePair;
  /** Round company seal `company` and square seal of its legal person `legalPerson`. */
  readonly seals: readonly PhoneSeal[];
  /** What its phone says of itself when it signs. */
  readonly identity: PhoneIdentity;
  /** What its phone says of itself when bids are encrypted or opened. */
  readonly bidIdentity: BidIdentity;
  readonly encryptionCredential: EncryptionCredential;
  /** The same holder with a phone on which no encryption certificate is. */
  withoutEncryption(): TestSubscriber;
  /** The same holder with another encryption certificate: of the same key (续期), or of a new one (换发). */
  renewed(wishes: { readonly sameKey: boolean } & EncryptionWishes): TestSubscriber;
}

export interface SubscriberWishes {
  readonly organisation?: string;
  readonly defect?: PairDefect | undefined;
  readonly sealDefect?: SealDefect | undefined;
  /** How the encryption certificate is to be, whatever the signing one is. */
  readonly encryption?: EncryptionWishes;
}

/** A company of nobody with fresh keys, a certificate pair and seals, as a test wants them. */
export function testBidder(authority: Authority, wishes: SubscriberWishes = {}): TestSubscriber {
  const { organisation = '湛江测试建设有限公司', defect, sealDefect, encryption: wished } = wishes;
  const signing = generateSm2KeyPair();
  const encryption = generateSm2KeyPair();
  const request = {
    organisation,
    signingPublicKey: signing.publicKey,
    encryptionPublicKey: encryption.publicKey,
  };
  const issued = authority.issuePair(request, defect);
  const pair =
    wished === undefined ? issued : { ...issued, encryption: authority.issueEncryption(request, wished) };
  const seals = authority.issueSeals({ organisation, holder: pair.signing }, sealDefect);
  return subscriber(authority, organisation, signing, encryption, pair, seals);
}

/** The same, defective if a test wants it so. */
export function testSubscriber(
  authority: Authority,
  defect?: PairDefect,
  sealDefect?: SealDefect,
): TestSubscriber {
  return testBidder(authority, { defect, sealDefect });
}

function subscriber(
  authority: Authority,
  organisation: string,
  signing: Sm2KeyPair,
  encryption: Sm2KeyPair,
  pair: CertificatePair,
  seals: readonly PhoneSeal[],
): TestSubscriber {
  const { chain } = pair;
  const own: TestSubscriber = {
    organisation,
    pair,
    seals,
    identity: { certificate: pair.signing, chain, seals },
    credential: { privateKey: signing.privateKey, certificate: pair.signing, chain },
    bidIdentity: { certificate: pair.signing, chain, encryptionCertificate: pair.encryption },
    encryptionCredential: { privateKey: encryption.privateKey, certificate: pair.encryption },
    withoutEncryption: () => ({ ...own, bidIdentity: { certificate: pair.signing, chain } }),
    renewed({ sameKey, ...wishes }) {
      const key = sameKey ? encryption : generateSm2KeyPair();
      const request = { organisation, encryptionPublicKey: key.publicKey };
      const renewedPair = { ...pair, encryption: authority.issueEncryption(request, wishes) };
      return subscriber(authority, organisation, signing, key, renewedPair, seals);
    },
  };
  return own;
}
