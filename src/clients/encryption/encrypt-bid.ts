import { bidGeometry } from '../../bid/bid-geometry.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { fromHex } from '../../lib/bytes.ts';
import type { StoredFile } from '../runtime/files/file-store.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { encryptedName, keptName } from './file-names.ts';
import { makeHeader } from './make-header.ts';
import { randomise, withSharedKey } from './shared-key.ts';
import { sealTrailer } from './trailer.ts';
import { writeBid } from './write-bid.ts';

export interface BidEncryption {
  readonly file: string;
  /** The bidder's own first. */
  readonly recipients: readonly Certificate[];
  /** Milliseconds since the epoch. */
  readonly encryptedAt: number;
}

/**
 * Encrypts a file as a bid (`FORMAT.md`) under a fresh key, and reads back what it wrote.
 * @throws CodedError `READ_BACK_FAILED`, `FILE_CHANGED`, `DISK_FULL`, `FILE_TOO_LARGE`; nothing is left then
 */
export function encryptBid(
  { file, recipients, encryptedAt }: BidEncryption,
  { files, signal, progress }: MethodContext,
): Promise<StoredFile> {
  return withSharedKey(randomise, async (contentKey) => {
    const { name, size, sm3 } = files.describe(file);
    const made = makeHeader(recipients, contentKey, size);
    const trailer = sealTrailer(made.header, contentKey, {
      digest: fromHex(sm3),
      plainSize: size,
      encryptedAt,
      name: keptName(name),
    });
    const source = files.source(file);
    const output = await files.createPositioned(encryptedName(name, 'bid'), bidGeometry(made.header).length);
    try {
      await files.lend(file, (plain, plainGone) =>
        output.lend((encrypted, gone) =>
          writeBid({
            contentKey,
            made,
            trailer,
            plain,
            encrypted,
            output,
            // Each read of a source looks whether the file is still the one that it was.
            expectUnchanged: () => source.read(0, 0),
            signal: AbortSignal.any([signal, plainGone, gone]),
            progress,
          }),
        ),
      );
      return await output.finish();
    } catch (error) {
      await output.abandon();
      throw error;
    }
  });
}
