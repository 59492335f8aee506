import { createCipheriv, createHash } from 'node:crypto';
import type { Certificate } from '../../gm/certificate.ts';
import { envelopeFrame } from '../../gm/enveloped-data-frame.ts';
import { toHex } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { StoredFile } from '../runtime/files/file-store.ts';
import { eachChunk, hashSource } from '../runtime/files/hash-source.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { encryptedName } from './file-names.ts';

/**
 * Encrypts a file as one EnvelopedData of GM/T 0010 with SM4-CBC, then reads the result back and compares it with what
 * was written. The format itself shows no alteration: only a bid does.
 * @throws CodedError `READ_BACK_FAILED`, `FILE_CHANGED`, `DISK_FULL`
 */
export async function encryptEnveloped(
  file: string,
  recipients: readonly Certificate[],
  context: MethodContext,
): Promise<StoredFile> {
  const { files, signal } = context;
  const { name, size } = files.describe(file);
  const { before, key, iv, encryptedSize } = envelopeFrame({
    recipients: recipients.map(({ raw }) => raw),
    size,
  });
  const cipher = createCipheriv('sm4-cbc', key, iv);
  key.fill(0);
  const total = size + before.length + encryptedSize;
  const written = createHash('sm3');
  const output = await files.createOutput(encryptedName(name, 'enveloped'));
  const put = async (bytes: Uint8Array) => {
    written.update(bytes);
    await output.write(bytes);
  };
  try {
    await put(before);
    const progress = (done: number) => context.progress(done, total);
    await eachChunk(files.source(file), { signal, progress }, (chunk) => put(cipher.update(chunk)));
    await put(cipher.final());
  } catch (error) {
    await output.abandon();
    throw error;
  }
  const expected = written.digest('hex');
  const stored = await output.finish();
  const progress = (done: number) => context.progress(size + done, total);
  const readBack = toHex(await hashSource(files.source(stored.file), { signal, progress }));
  if (stored.sm3 === expected && readBack === expected) return stored;
  await files.drop(stored.file);
  throw new CodedError('READ_BACK_FAILED');
}
