import { bidLimits } from '../../../bid/bid-limits.ts';
import type { Certificate } from '../../../gm/certificate.ts';
import { displayableName } from '../../../lib/displayable-name.ts';
import type { BidFormat, Receipt } from '../../../protocol/bids.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { encryptBid } from '../../encryption/encrypt-bid.ts';
import { encryptEnveloped } from '../../encryption/encrypt-enveloped.ts';
import { recipientOf } from '../../encryption/judge-recipients.ts';
import { silentLog } from '../../runtime/log.ts';
import { expectPlace } from '../files/output-place.ts';
import { createPathFiles } from '../files/path-files.ts';
import type { PublishedBy } from '../files/publish-file.ts';
import type { FileWork } from './run-bids.ts';

export interface FileEncryption {
  readonly input: string;
  readonly output: string;
  readonly format: BidFormat;
  /** Judged; the owner's first. */
  readonly recipients: readonly Certificate[];
}

export interface EncryptedBid {
  /** Path. */
  readonly output: string;
  readonly published: PublishedBy;
  readonly receipt: Omit<Receipt, 'id' | 'site' | 'openingTime'>;
}

/**
 * Encrypts one file and reads the result back before it gets its name. After a failure nothing of it is left.
 * @throws FileProblem; CodedError as `encryptBid`, `FILE_TOO_LARGE`; the file system's error
 */
export async function encryptFile(
  { input, output, format, recipients }: FileEncryption,
  { signal, phase }: FileWork,
): Promise<EncryptedBid> {
  const files = createPathFiles(() => output);
  try {
    await expectPlace(output);
    const file = await files.add(input);
    if (files.source(file).size > bidLimits.plainSize) throw new CodedError('FILE_TOO_LARGE');
    await files.digest(file, { signal, progress: phase('reading') });
    const encryptedAt = Date.now();
    const context = { files, signal, progress: phase('encrypting'), log: silentLog };
    const cipher =
      format === 'bid'
        ? await encryptBid({ file, recipients, encryptedAt }, context)
        : await encryptEnveloped(file, recipients, context);
    const { name, size, sm3 } = files.describe(file);
    const published = await files.publish(cipher.file);
    return {
      output: published.path,
      published: published.by,
      receipt: {
        format,
        encryptedAt,
        plain: { name: displayableName(name), size, sm3 },
        cipher: { name: cipher.name, size: cipher.size, sm3: cipher.sm3 },
        recipients: recipients.map(recipientOf),
      },
    };
  } finally {
    await files.close();
  }
}
