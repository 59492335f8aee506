import { fromBase64 } from '../../lib/bytes.ts';

/** Bytes of base64 as vendors write it, in lines or not; undefined where it is none, or empty. */
export function readVendorBase64(text: string): Uint8Array | undefined {
  const plain = text.replaceAll(/\s/g, '');
  try {
    return plain === '' ? undefined : fromBase64(plain);
  } catch {
    return undefined;
  }
}
