import { bidGeometry } from '../../bid/bid-geometry.ts';
import { BidError } from '../../bid/bid-error.ts';
import type { BidHeader } from '../../bid/bid-header.ts';
import type { BidTrailer } from '../../bid/bid-trailer.ts';
import { bidLimits } from '../../bid/bid-limits.ts';
import { splitContentKey } from '../../bid/content-key.ts';
import type { ByteSource } from '../../lib/byte-source.ts';
import { toHex } from '../../lib/bytes.ts';
import { displayableName } from '../../lib/displayable-name.ts';
import type { FileFacts } from '../../protocol/bids.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { EncryptionResult } from '../../protocol/encryption-methods.ts';
import type { StoredFile } from '../runtime/files/file-store.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { withBidCodes } from './bid-refusals.ts';
import { createEarlySync } from './early-sync.ts';
import { digestChunks, openChunksTo, type ChunkSource } from './open-chunks.ts';
import { withSharedKey } from './shared-key.ts';
import { DamagedChunkError } from './threads/chunk-threads.ts';
import { macHolds, openTrailer } from './trailer.ts';

export interface BidOpening {
  readonly file: string;
  readonly header: BidHeader;
  /** What the phone opened: the content key, if it is the right one. */
  readonly key: Uint8Array;
  /** Without, every byte is decrypted and checked all the same. */
  readonly write: boolean;
}

interface KnownBid extends Omit<BidOpening, 'key' | 'write'> {
  /** Shared memory. */
  readonly contentKey: Uint8Array;
  /** As the trailer says. */
  readonly plain: FileFacts;
}

/**
 * Opens an encrypted bid in the order of `FORMAT.md`; its header was read. Nothing of a file that fails is left.
 * @throws CodedError `BID_KEY_WRONG`, `BID_DAMAGED`, `FILE_CHANGED`, `DISK_FULL`, `FILE_TOO_LARGE`
 */
export function openBid(
  { file, header, key, write }: BidOpening,
  context: MethodContext,
): Promise<EncryptionResult<'opening.open'>> {
  const fill = (shared: Uint8Array) => {
    splitContentKey(key);
    shared.set(key);
  };
  return withBidCodes(() =>
    withSharedKey(fill, async (contentKey) => {
      const source = context.files.source(file);
      const trailer = await readTrailer(source, header, contentKey);
      const { encryptedAt, plainSize: size, digest } = trailer;
      const plain = { name: displayableName(trailer.name), size, sm3: toHex(digest) };
      const bid = { file, header, contentKey, plain };
      if (write) return { plain, encryptedAt, file: (await decrypt(bid, context)).file };
      await rehearse(bid, context);
      return { plain, encryptedAt };
    }),
  );
}

/** A trailer that does not fit the key is damaged where the key fits the first chunk (`FORMAT.md`, order of checks). */
async function readTrailer(
  source: ByteSource,
  header: BidHeader,
  contentKey: Uint8Array,
): Promise<BidTrailer> {
  const { trailer, chunk } = bidGeometry(header);
  const sealed = await source.read(trailer.offset, trailer.length + bidLimits.mac);
  try {
    return openTrailer(header, contentKey, sealed);
  } catch (error) {
    if (!(error instanceof BidError) || error.reason !== 'keyWrong') throw error;
    const first = chunk(0);
    const bytes = await source.read(first.offset, first.length + bidLimits.mac);
    throw macHolds(header, contentKey, first, bytes) ? new BidError('damaged', 'trailer') : error;
  }
}

async function rehearse(bid: KnownBid, context: MethodContext): Promise<void> {
  const digest = await withChunks(bid, context, digestChunks);
  if (digest !== bid.plain.sm3) throw wrongDigest();
}

async function decrypt(bid: KnownBid, context: MethodContext): Promise<StoredFile> {
  const { file, plain } = bid;
  const { files } = context;
  const resume = files.describe(file).sm3;
  const output = await files.createPositioned(plain.name, plain.size, { resume });
  const early = createEarlySync(output.sync);
  try {
    output.advance(output.taken);
    context.progress(output.taken, plain.size);
    await output.lend((descriptor, gone) =>
      withChunks(bid, context, (chunks) =>
        openChunksTo(descriptor, output.taken, {
          ...chunks,
          signal: AbortSignal.any([chunks.signal, gone]),
          onDone(bytes) {
            output.advance(bytes);
            early.reach(bytes);
            chunks.onDone(bytes);
          },
        }),
      ),
    );
    await early.done();
    if ((await output.digest()) === plain.sm3) return await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  await output.abandon();
  if (output.taken === 0) throw wrongDigest();
  // What an earlier process left is not what it had written; it is gone now, and the file is opened from its beginning.
  return decrypt(bid, context);
}

/** Has `work` read the chunks of a file that must stay what it is; damage that somebody just did to it is told so. */
async function withChunks<Result>(
  { file, header, contentKey, plain }: KnownBid,
  { files, signal, progress }: MethodContext,
  work: (chunks: ChunkSource) => Promise<Result>,
): Promise<Result> {
  const source = files.source(file);
  await expectUnchanged(source);
  try {
    const result = await files.lend(file, (encrypted, gone) =>
      work({
        contentKey,
        header,
        encrypted,
        signal: AbortSignal.any([signal, gone]),
        onDone: (bytes) => progress(bytes, plain.size),
      }),
    );
    await expectUnchanged(source);
    return result;
  } catch (error) {
    if (!(error instanceof DamagedChunkError)) throw error;
    await expectUnchanged(source);
    throw new CodedError('BID_DAMAGED', error.message);
  }
}

/** Each read of a source looks whether the file is still the one that it was. */
async function expectUnchanged(source: ByteSource): Promise<void> {
  await source.read(0, 0);
}

function wrongDigest(): CodedError {
  return new CodedError('BID_DAMAGED', 'digest of the plaintext');
}
