import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

export interface LargeFile {
  readonly path: string;
  readonly size: number;
  /** SM3, hexadecimal. */
  readonly sm3: string;
}

const mebibyte = 2 ** 20;

/** A file of `mebibytes` that looks random and is the same each time, gone with the test. */
export async function createLargeFile(mebibytes: number): Promise<LargeFile> {
  const folder = await createTemporaryFolder('ca-bridge-large-');
  onTestFinished(() => folder.remove());
  const path = join(folder.path, 'bid.zip');
  const stream = createWriteStream(path);
  const digest = createHash('sm3');
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16));
  const zeros = Buffer.alloc(mebibyte);
  for (let count = 0; count < mebibytes; count += 1) {
    const part = cipher.update(zeros);
    digest.update(part);
    if (!stream.write(part)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return { path, size: mebibytes * mebibyte, sm3: digest.digest('hex') };
}
