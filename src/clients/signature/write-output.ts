import { memorySource, type ByteSource } from '../../lib/byte-source.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { eachChunk } from '../runtime/files/hash-source.ts';

/** Writes the parts, one after the other, to a file of its own; nothing of it is left when one cannot be read. */
export async function writeOutput(
  name: string,
  parts: readonly (Uint8Array | ByteSource)[],
  context: MethodContext,
): Promise<{ file: string; size: number; sm3: string }> {
  const output = await context.files.createOutput(name);
  try {
    for (const part of parts) {
      const source = part instanceof Uint8Array ? memorySource(part) : part;
      await eachChunk(source, context, (chunk) => output.write(chunk));
    }
    const { file, size, sm3 } = await output.finish();
    return { file, size, sm3 };
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
