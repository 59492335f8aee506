import { createDecipheriv, createHash } from 'node:crypto';
import type { LocatedEnvelope } from '../../gm/enveloped-data-locator.ts';
import { sliceSource } from '../../lib/byte-source.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { EncryptionResult } from '../../protocol/encryption-methods.ts';
import { eachChunk } from '../runtime/files/hash-source.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { nameWithout } from './file-names.ts';

export interface EnvelopedOpening {
  readonly file: string;
  readonly located: LocatedEnvelope;
  /** The content-encryption key. */
  readonly key: Uint8Array;
  readonly write: boolean;
}

/**
 * Decrypts the content of an EnvelopedData. Nothing in that format tells a wrong key or an altered content but the
 * padding at its end, which a wrong one passes once in 256 times; and what is altered elsewhere is not seen at all.
 * @throws CodedError `BID_KEY_WRONG`, `BID_DAMAGED`, `FILE_CHANGED`, `DISK_FULL`
 */
export async function openEnveloped(
  { file, located, key, write }: EnvelopedOpening,
  { files, signal, progress }: MethodContext,
): Promise<EncryptionResult<'opening.open'>> {
  if (key.length !== 16) throw new CodedError('BID_KEY_WRONG');
  const { envelope, content } = located;
  const decipher = createDecipheriv('sm4-cbc', key, envelope.iv);
  const digest = createHash('sm3');
  const name = nameWithout(files.describe(file).name);
  const output = write ? await files.createOutput(name) : undefined;
  let size = 0;
  const put = async (plain: Uint8Array) => {
    size += plain.length;
    digest.update(plain);
    await output?.write(plain);
  };
  const encrypted = sliceSource(files.source(file), content.offset, content.length);
  try {
    await eachChunk(encrypted, { signal, progress }, (chunk) => put(decipher.update(chunk)));
    await put(lastBlock(decipher));
    const sm3 = digest.digest('hex');
    const stored = await output?.finish();
    return { plain: { name, size, sm3 }, ...(stored && { file: stored.file }) };
  } catch (error) {
    await output?.abandon();
    throw error;
  }
}

function lastBlock(decipher: { final(): Uint8Array }): Uint8Array {
  try {
    return decipher.final();
  } catch {
    throw new CodedError('BID_DAMAGED', 'padding');
  }
}
