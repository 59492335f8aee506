import { createHash } from 'node:crypto';
import { BidError } from '../bid/bid-error.ts';
import type { BidHeader } from '../bid/bid-header.ts';
import { readBidHeader } from '../bid/read-bid-header.ts';
import type { ByteSource } from '../lib/byte-source.ts';
import type { BidWarning, Recipient } from '../protocol/bids.ts';
import type { ErrorCode } from '../protocol/error-codes.ts';
import { withFile } from './file-source.ts';
import { judgeRecipients, recipientOf, type RecipientRefusal } from './judge-recipients.ts';
import type { TrustAnchors } from './trust-anchors.ts';

export type { BidWarning, Recipient } from '../protocol/bids.ts';

export interface BidInspection {
  /** The encrypted file: its path, or where its bytes can be read. */
  readonly file: string | ByteSource;
  /** Certificates that must be able to open it (the trading centre's), DER. */
  readonly recipients?: readonly Uint8Array[];
  /** Whose file it is: one of the certificates that can open it must carry this 统一社会信用代码. */
  readonly bidder?: { readonly creditCode: string };
  /** `cipher.sm3` of the bidder's receipt, hexadecimal: that the file arrived as it was made. */
  readonly expectedSm3?: string;
  /** When the bids will be opened; certificates that end before are warned of. */
  readonly openingTime?: Date;
  /**
   * Authorities that issued the certificates, those between root and subscriber included: a bid carries no chain.
   * Without them anybody can write any name into a certificate of their own, and be `bidder`.
   */
  readonly anchors?: TrustAnchors;
  /** When the certificates must be valid: the time of the upload. The present unless told. */
  readonly now?: Date;
  readonly signal?: AbortSignal;
}

/**
 * Why a file is not taken, each with its code of `src/protocol/error-codes.ts`:
 * - `notABid`, `unknownVersion`, `headerDamaged`
 * - `wrongLength`: cut, or something was appended
 * - `requiredRecipientMissing`: one of `recipients` cannot open it
 * - `bidderMissing`: no certificate of `bidder` can open it
 * - `malformed`, `notYetValid`, `expired`, `keyUsage`, `untrusted`: of the certificate of one recipient
 * - `otherDigest`: not the bytes that `expectedSm3` is of
 */
const codes = {
  notABid: 'BID_NOT_ENCRYPTED',
  unknownVersion: 'BID_VERSION_UNKNOWN',
  headerDamaged: 'BID_HEADER_DAMAGED',
  wrongLength: 'BID_LENGTH_WRONG',
  requiredRecipientMissing: 'RESULT_MISMATCH',
  bidderMissing: 'RESULT_MISMATCH',
  malformed: 'RECIPIENT_UNREADABLE',
  notYetValid: 'RECIPIENT_EXPIRED',
  expired: 'RECIPIENT_EXPIRED',
  keyUsage: 'RECIPIENT_NOT_FOR_ENCRYPTION',
  untrusted: 'RECIPIENT_UNTRUSTED',
  otherDigest: 'RESULT_MISMATCH',
} as const satisfies Readonly<Record<string, ErrorCode>> & Readonly<Record<RecipientRefusal, ErrorCode>>;

export type BidRefusalReason = keyof typeof codes;

export type InspectedBid =
  | {
      readonly ok: true;
      /** Of the format. */
      readonly version: 1;
      /** Bytes of the encrypted file. */
      readonly size: number;
      /** Bytes of what is in it. */
      readonly plainSize: number;
      /** Of the encrypted file, lower-case hexadecimal. */
      readonly sm3: string;
      /** Whose keys open it; the bidder's own first, as CA Bridge writes it. */
      readonly recipients: readonly Recipient[];
      readonly warnings: readonly BidWarning[];
    }
  | {
      readonly ok: false;
      readonly code: (typeof codes)[BidRefusalReason];
      readonly reason: BidRefusalReason;
    };

/** Bytes read at once while digesting. */
const pieceBytes = 1_048_576;

/**
 * What can be said of an encrypted bid without any key: header and length are sound, the right certificates can open
 * it, and it is the file that the receipt is of. Of files that fail for several reasons the first one is told, in the
 * order of the list above. Reads the file once from beginning to end, in pieces of 1 MiB. That its body is sound only
 * a key can tell; an equal digest says that it is as the bidder's client made and checked it. Revocation is not looked at.
 *
 * Rejects with what reading the file rejects with (as ENOENT), with RangeError where it ends early, with TypeError
 * where `expectedSm3` is no SM3 digest, and when `signal` aborts. Whatever the file holds, there is an answer.
 */
export async function inspectBid(inspection: BidInspection): Promise<InspectedBid> {
  const { file, expectedSm3 } = inspection;
  if (expectedSm3 !== undefined && !/^[0-9a-f]{64}$/i.test(expectedSm3)) {
    throw new TypeError('expectedSm3: no 64 hexadecimal digits');
  }
  return typeof file === 'string'
    ? withFile(file, (source) => inspect(source, inspection))
    : inspect(file, inspection);
}

async function inspect(source: ByteSource, inspection: BidInspection): Promise<InspectedBid> {
  const { recipients = [], bidder, expectedSm3, openingTime, anchors, now = new Date(), signal } = inspection;
  signal?.throwIfAborted();
  const header = await headerOf(source);
  if (typeof header === 'string') return refuse(header);

  const certificates = header.recipients.map(({ certificate }) => certificate);
  const rules = { required: recipients, creditCode: bidder?.creditCode, anchors, at: now };
  const refusal = judgeRecipients(certificates, rules);
  if (refusal !== undefined) return refuse(refusal);

  const sm3 = await digestOf(source, signal);
  if (expectedSm3 !== undefined && sm3 !== expectedSm3.toLowerCase()) return refuse('otherDigest');
  const endsBefore = openingTime !== undefined && certificates.some(({ notAfter }) => notAfter < openingTime);
  return {
    ok: true,
    version: 1,
    size: source.size,
    plainSize: header.plainSize,
    sm3,
    recipients: certificates.map(recipientOf),
    warnings: endsBefore ? ['CERTIFICATE_ENDS_BEFORE_OPENING'] : [],
  };
}

function refuse(reason: BidRefusalReason): InspectedBid {
  return { ok: false, code: codes[reason], reason };
}

async function headerOf(source: ByteSource): Promise<BidHeader | BidRefusalReason> {
  try {
    return await readBidHeader(source, () => createHash('sm3'));
  } catch (error) {
    if (!(error instanceof BidError)) throw error;
    const { reason } = error;
    // These two are found by a key, which nobody has here.
    if (reason === 'keyWrong' || reason === 'damaged') throw error;
    return reason;
  }
}

async function digestOf(source: ByteSource, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sm3');
  let offset = 0;
  while (offset < source.size) {
    signal?.throwIfAborted();
    const piece = await source.read(offset, pieceBytes);
    if (piece.length === 0) throw new RangeError('the file ended early');
    hash.update(piece);
    offset += piece.length;
  }
  return hash.digest('hex');
}
