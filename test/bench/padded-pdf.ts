import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { handWrittenPdf, plainObjects } from '../support/pdf-samples.ts';

const mebibyte = 1_048_576;

/**
 * Writes a PDF of about so many MiB: one page, and beside it a stream of random bytes for each MiB, as a document of
 * scanned pages has one for each page. What is in memory meanwhile is one of them.
 */
export async function writePaddedPdf(path: string, mebibytes: number): Promise<void> {
  const file = await open(path, 'wx');
  try {
    const plain = Buffer.from(handWrittenPdf(plainObjects));
    let position = plain.indexOf('xref\n');
    const offsets = [...plain.toString('latin1').matchAll(/^\d+ 0 obj$/gm)].map(({ index }) => index);
    const write = async (bytes: Uint8Array) => {
      await file.write(bytes);
      position += bytes.length;
    };
    await file.write(plain, 0, position);
    const padding = randomBytes(mebibyte);
    for (let count = 0; count < mebibytes; count += 1) {
      offsets.push(position);
      await write(Buffer.from(`${offsets.length} 0 obj\n<</Length ${mebibyte}>>\nstream\n`));
      await write(padding);
      await write(Buffer.from('\nendstream\nendobj\n'));
    }
    const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const size = offsets.length + 1;
    const table = `xref\n0 ${size}\n0000000000 65535 f \n${lines.join('')}`;
    const trailer = `trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${position}\n%%EOF\n`;
    await write(Buffer.from(table + trailer));
  } finally {
    await file.close();
  }
}
