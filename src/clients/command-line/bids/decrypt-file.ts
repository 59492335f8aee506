import { displayableName } from '../../../lib/displayable-name.ts';
import type { BidFormat, FileFacts, Recipient } from '../../../protocol/bids.ts';
import { recipientOf } from '../../encryption/judge-recipients.ts';
import { openBid } from '../../encryption/open-bid.ts';
import { openEnveloped } from '../../encryption/open-enveloped.ts';
import { readEncryptedFile } from '../../encryption/read-encrypted-file.ts';
import { silentLog } from '../../runtime/log.ts';
import { expectFolder, expectPlace } from '../files/output-place.ts';
import { createPathFiles, type PublishedFile } from '../files/path-files.ts';
import type { PublishedBy } from '../files/publish-file.ts';
import { safeFileName } from '../files/safe-file-name.ts';
import { outputFolder, outputPath, type OutputOption } from './output-option.ts';
import type { FileWork } from './run-bids.ts';
import { unlockBid, type KeyHolder, type UnlockedBid } from './unlock-bid.ts';

export interface FileDecryption {
  readonly input: string;
  readonly output: OutputOption;
  /** Every byte is decrypted and checked, and nothing is written. */
  readonly check: boolean;
  readonly holder: KeyHolder;
}

export interface DecryptedBid {
  readonly format: BidFormat;
  readonly match: UnlockedBid['match'];
  readonly cipher: FileFacts;
  /** As the file says of itself; an EnvelopedData says nothing. */
  readonly plain: FileFacts;
  readonly encryptedAt?: number | undefined;
  readonly certificate: Recipient;
  /** Path; absent where nothing was written. */
  readonly output?: string;
  readonly published?: PublishedBy;
}

/**
 * Decrypts one file. Every chunk is checked before a byte of it is written, and the output gets its name when all of it
 * was. After a failure nothing of it is left.
 * @throws FileProblem; CodedError `BID_…`, `FILE_CHANGED`, `DISK_FULL`; the file system's error
 */
export async function decryptFile(
  { input, output, check, holder }: FileDecryption,
  { signal, phase }: FileWork,
): Promise<DecryptedBid> {
  const files = createPathFiles((name) => outputPath(output, input, safeFileName(name)));
  let unlocked: UnlockedBid | undefined;
  try {
    if (!check) await expectFolder(outputFolder(output, input), output.out);
    if (output.out !== undefined) await expectPlace(output.out);
    const file = await files.add(input);
    const read = await readEncryptedFile(files.source(file));
    unlocked = await unlockBid(read, holder);
    const { match, key } = unlocked;
    await files.digest(file, { signal, progress: phase('reading') });
    const progress = phase(check ? 'checking' : 'decrypting');
    const context = { files, signal, progress, log: silentLog };
    const opened =
      read.format === 'bid'
        ? await openBid({ file, header: read.header, key, write: !check }, context)
        : await openEnveloped({ file, located: read.located, key, write: !check }, context);
    const { name, size, sm3 } = files.describe(file);
    const { file: plainFile, ...facts } = opened;
    return {
      format: read.format,
      match,
      cipher: { name: displayableName(name), size, sm3 },
      certificate: recipientOf(holder.certificate),
      ...facts,
      ...(plainFile !== undefined && placed(await files.publish(plainFile))),
    };
  } finally {
    unlocked?.key.fill(0);
    await files.close();
  }
}

function placed({ path, by }: PublishedFile): Pick<DecryptedBid, 'output' | 'published'> {
  return { output: path, published: by };
}
