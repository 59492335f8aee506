/** Unsigned 32-bit integer, four bytes. @throws RangeError when it is none */
export function be32(value: number): Uint8Array {
  return encode(value, 4);
}

/** Unsigned 64-bit integer, eight bytes. @throws RangeError when it is none, or above 2^53 - 1 */
export function be64(value: number): Uint8Array {
  return encode(value, 8);
}

function encode(value: number, length: 4 | 8): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0 || (length === 4 && value > 0xffff_ffff)) {
    throw new RangeError(`no unsigned integer of ${length} bytes: ${value}`);
  }
  const bytes = new Uint8Array(length);
  for (let index = length - 1, rest = value; rest > 0; index -= 1, rest = Math.floor(rest / 256)) {
    bytes[index] = rest % 256;
  }
  return bytes;
}

/** Value of up to eight bytes. From 2^53 on it is rounded, and never to less than 2^53: bounds still hold. */
export function fromBigEndian(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
