import { fromBase64 } from '../../lib/bytes.ts';
import type { BidIdentity } from './phone-agent.ts';
import type { Holder } from './vault.ts';

/** What this phone says of itself when bids are encrypted or opened. */
export function bidIdentityOf({ signingCertificate, chain, encryptionCertificate }: Holder): BidIdentity {
  return {
    certificate: fromBase64(signingCertificate),
    chain: chain.map(fromBase64),
    ...(encryptionCertificate === undefined
      ? {}
      : { encryptionCertificate: fromBase64(encryptionCertificate) }),
  };
}
