import { createHash, randomBytes } from 'node:crypto';
import { encodeBidHeader, parseBidHeader, type BidHeader } from '../../bid/bid-header.ts';
import { bidLimits, defaultChunkSize } from '../../bid/bid-limits.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { sealEnvelope } from '../../gm/enveloped-data.ts';
import { concatBytes } from '../../lib/bytes.ts';

/** A header of a file that is to be written. */
export interface MadeHeader {
  readonly header: BidHeader;
  /** The header with its digest, as they lie at the beginning of the file. */
  readonly bytes: Uint8Array;
}

/** Makes the header of a file whose content key goes to the recipients, each in an envelope of its own. */
export function makeHeader(
  recipients: readonly Certificate[],
  contentKey: Uint8Array,
  plainSize: number,
): MadeHeader {
  const encoded = encodeBidHeader({
    chunkSize: defaultChunkSize,
    plainSize,
    nonce: randomBytes(bidLimits.nonce),
    recipients: recipients.map(({ raw }) => ({
      certificate: raw,
      envelope: sealEnvelope({ content: contentKey, recipients: [raw] }),
    })),
  });
  // As every reader will see it.
  const header = parseBidHeader(encoded, () => createHash('sm3'));
  return { header, bytes: concatBytes(encoded, header.digest) };
}
