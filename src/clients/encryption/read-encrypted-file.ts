import { createHash } from 'node:crypto';
import type { BidHeader } from '../../bid/bid-header.ts';
import { readBidHeader } from '../../bid/read-bid-header.ts';
import { encodeObjectIdentifier } from '../../gm/der-encode.ts';
import { maxHeaderLength, readDerHeader } from '../../gm/der-header.ts';
import { DerError } from '../../gm/der-error.ts';
import { tags } from '../../gm/der.ts';
import { envelopeNames } from '../../gm/enveloped-data-flavour.ts';
import { readEnvelopeFrame, type LocatedEnvelope } from '../../gm/enveloped-data-locator.ts';
import type { ByteSource } from '../../lib/byte-source.ts';
import { equalBytes } from '../../lib/bytes.ts';
import { withBidCodes } from './bid-refusals.ts';

/** What can be known of an encrypted file without a key. */
export type EncryptedFile =
  | { readonly format: 'bid'; readonly header: BidHeader }
  | { readonly format: 'enveloped'; readonly located: LocatedEnvelope };

/** Reads an encrypted file of either format, told by its first bytes. @throws CodedError `BID_…` */
export function readEncryptedFile(source: ByteSource): Promise<EncryptedFile> {
  return withBidCodes(async () => {
    if (await beginsAsEnvelope(source)) {
      return { format: 'enveloped', located: await readEnvelopeFrame(source) };
    }
    return { format: 'bid', header: await readBidHeader(source, () => createHash('sm3')) };
  });
}

/** SEQUENCE of a content type of EnvelopedData: from there on the file is a damaged one, and no other kind of file. */
async function beginsAsEnvelope(source: ByteSource): Promise<boolean> {
  const names = Object.values(envelopeNames).map(({ envelopedData }) =>
    encodeObjectIdentifier(envelopedData),
  );
  const longest = Math.max(...names.map(({ length }) => length));
  const bytes = await source.read(0, Math.min(source.size, maxHeaderLength + longest));
  try {
    const { tag, headerLength } = readDerHeader(bytes.subarray(0, maxHeaderLength));
    const rest = bytes.subarray(headerLength);
    return tag === tags.sequence && names.some((name) => equalBytes(rest.subarray(0, name.length), name));
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
