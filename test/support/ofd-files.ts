import { unzipSync } from 'fflate';
import type { ZipFile } from './build-zip.ts';

/** The files of an OFD package, in their order. */
export function ofdFiles(ofd: Uint8Array): ZipFile[] {
  return Object.entries(unzipSync(ofd)).map(([name, content]) => ({ name, content }));
}

/** The files with the one of this name changed. */
export function withFile(
  files: readonly ZipFile[],
  name: string,
  change: (content: Uint8Array) => Uint8Array,
): ZipFile[] {
  if (!files.some((file) => file.name === name)) throw new Error(`no ${name}`);
  return files.map((file) => (file.name === name ? { ...file, content: change(file.content) } : file));
}

/** The bytes with the first occurrence of `replaced` in their text exchanged. */
export function replaceText(bytes: Uint8Array, replaced: string, replacement: string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8');
  if (!text.includes(replaced)) throw new Error('nothing to replace');
  return new Uint8Array(Buffer.from(text.replace(replaced, () => replacement)));
}

/** The bytes with one bit of the byte at `index` flipped. */
export function flipBit(bytes: Uint8Array, index: number): Uint8Array {
  const altered = bytes.slice();
  altered[index] = (altered[index] ?? 0) ^ 1;
  return altered;
}
