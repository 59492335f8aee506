import { toBase64 } from '../../../../src/lib/bytes.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { testBidder, type SubscriberWishes } from '../../../support/test-subscriber.ts';
import type { XtxServiceKey } from '../../../support/xtx-service-functions.ts';

const authority = createAuthority(Date.now, () => 'http://127.0.0.1:1/ca.crl');

/** A key with a certificate pair of nobody's, and its certificates as the methods give them. */
export function vendorKey(id: string, wishes: SubscriberWishes = {}) {
  const bidder = testBidder(authority, wishes);
  const { pair, credential, encryptionCredential, organisation } = bidder;
  const key: XtxServiceKey = {
    id,
    name: organisation,
    signing: { certificate: pair.signing, privateKey: credential.privateKey },
    encryption: encryptionCredential,
  };
  const listed = {
    id,
    name: organisation,
    certificate: toBase64(pair.signing),
    encryptionCertificate: toBase64(encryptionCredential.certificate),
  };
  return { key, listed, bidder };
}

/** A signal that nobody aborts. */
export const nobody = new AbortController().signal;
