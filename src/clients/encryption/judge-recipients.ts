import type { Certificate } from '../../gm/certificate.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex } from '../../lib/bytes.ts';
import type { Recipient } from '../../protocol/bids.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { EncryptionParams } from '../../protocol/encryption-methods.ts';
import { holderOf } from '../certificates/certificate-holder.ts';
import { judgeCertificate } from '../certificates/judge-certificate.ts';

type Wish = Pick<EncryptionParams<'recipients.inspect'>, 'own' | 'further' | 'trust'>;

/**
 * The certificates that a file is encrypted to, the bidder's own first, each once. Every one must be for encryption,
 * valid at `at`, trusted and not revoked. The chain that came with the bidder's certificate serves the others too: the
 * trading centre's is often of the same authority.
 * @throws CodedError `RECIPIENT_…`, `POLICY_INVALID`
 */
export async function judgeRecipients(
  { own, further, trust }: Wish,
  at: Date,
  signal: AbortSignal,
): Promise<readonly Certificate[]> {
  const encodings = [...new Set([own.certificate, ...further])];
  const judged: Certificate[] = [];
  for (const certificate of encodings) {
    const question = { purpose: 'encryption', trust, at, signal } as const;
    judged.push((await judgeCertificate({ certificate, chain: own.chain }, question)).certificate);
  }
  const names = judged.map(({ issuer, serialNumber }) => `${toHex(issuer.raw)} ${serialNumber}`);
  // An envelope is addressed by them, and no authority gives a number twice.
  if (new Set(names).size < judged.length) throw new CodedError('RECIPIENT_UNREADABLE', 'one number twice');
  return judged;
}

/** A certificate as people are shown it; one that a stranger wrote may have a number and a time out of bounds. */
export function recipientOf(certificate: Certificate): Recipient {
  const holder = holderOf(certificate);
  return {
    ...holder,
    serialNumber: holder.serialNumber.slice(0, 64),
    fingerprint: toHex(sm3(certificate.raw)),
    notBefore: Math.max(0, certificate.notBefore.getTime()),
    notAfter: Math.max(0, certificate.notAfter.getTime()),
  };
}
