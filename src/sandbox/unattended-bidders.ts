import { generateSm2KeyPair } from '../gm/sm2.ts';
import type { Authority } from './authority/authority.ts';
import type { UnattendedBidder } from './phone/unattended-phones.ts';

/** Bidders with certificates of the authority and fresh keys, whose phones nobody holds. */
export function issueUnattendedBidders(
  authority: Authority,
  organisations: readonly string[],
): UnattendedBidder[] {
  return organisations.map((organisation) => {
    const encryption = generateSm2KeyPair();
    const pair = authority.issuePair({
      organisation,
      signingPublicKey: generateSm2KeyPair().publicKey,
      encryptionPublicKey: encryption.publicKey,
    });
    return {
      organisation,
      identity: {
        certificate: pair.signing,
        chain: pair.chain,
        encryptionCertificate: pair.encryption,
      },
      encryption: { privateKey: encryption.privateKey, certificate: pair.encryption },
    };
  });
}
