import { equalBytes } from '../lib/bytes.ts';
import { isCertificateRefusal, parseCertificate, type Certificate } from '../gm/certificate.ts';
import { EnvelopeError, parseEnvelope, recipientFor, type Envelope } from '../gm/enveloped-data.ts';
import { BidError } from './bid-error.ts';
import { bidLimits } from './bid-limits.ts';

/** Whose key opens a bid: an entry of its header. */
export interface BidRecipient {
  readonly certificate: Certificate;
  /** Holds the content key for this certificate, and for no other. */
  readonly envelope: Envelope;
}

/**
 * How a certificate in hand stands to a recipient's:
 * - `same`: it is the one; its key opens the envelope
 * - `sameKey`: renewed with the same key, which opens the envelope too
 * - `replaced`: issued later to the same holder, with another key: it does not open the envelope
 * - `other`: somebody else's, or an older one
 */
export type RecipientMatch = 'same' | 'sameKey' | 'replaced' | 'other';

export type FoundRecipient =
  | { readonly match: Exclude<RecipientMatch, 'other'>; readonly recipient: BidRecipient }
  | { readonly match: 'other' };

/**
 * Reads one entry of a header.
 * @param certificate DER
 * @param envelope DER: GM/T 0010, one recipient, 48 bytes sealed
 * @throws BidError `headerDamaged`, also when the envelope is for another certificate
 */
export function readBidRecipient(certificate: Uint8Array, envelope: Uint8Array): BidRecipient {
  const recipient = readParts(certificate, envelope);
  const { flavour, recipients, encryptedContent } = recipient.envelope;
  const isOurs =
    flavour === 'gm' && recipients.length === 1 && encryptedContent?.length === bidLimits.sealedKey;
  if (!isOurs) throw new BidError('headerDamaged', 'envelope');
  if (recipientFor(recipient.envelope, recipient.certificate) === undefined) {
    throw new BidError('headerDamaged', 'envelope of another certificate');
  }
  return recipient;
}

function readParts(certificate: Uint8Array, envelope: Uint8Array): BidRecipient {
  try {
    return { certificate: parseCertificate(certificate), envelope: parseEnvelope(envelope) };
  } catch (error) {
    if (!isCertificateRefusal(error) && !(error instanceof EnvelopeError)) throw error;
    throw new BidError('headerDamaged', error.message);
  }
}

/** The entry that a certificate in hand opens; where it opens none, the one that it replaced. */
export function findRecipient(recipients: readonly BidRecipient[], own: Certificate): FoundRecipient {
  for (const match of ['same', 'sameKey', 'replaced'] as const) {
    const recipient = recipients.find(({ certificate }) => matchCertificate(certificate, own) === match);
    if (recipient !== undefined) return { match, recipient };
  }
  return { match: 'other' };
}

/** How `own` stands to a recipient's certificate. */
export function matchCertificate(recipient: Certificate, own: Certificate): RecipientMatch {
  if (equalBytes(recipient.raw, own.raw)) return 'same';
  if (equalBytes(recipient.publicKey, own.publicKey)) return 'sameKey';
  const isLater = own.notBefore >= recipient.notBefore;
  return isLater && isSameHolder(recipient, own) ? 'replaced' : 'other';
}

/** Names are no proof: this decides what a user is told, and never whether a key is used. */
function isSameHolder(left: Certificate, right: Certificate): boolean {
  if (left.creditCode !== undefined && right.creditCode !== undefined) {
    return left.creditCode === right.creditCode;
  }
  const { organization, commonName } = left.subject;
  return (
    organization !== undefined &&
    commonName !== undefined &&
    organization === right.subject.organization &&
    commonName === right.subject.commonName
  );
}
