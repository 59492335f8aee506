/**
 * SM4 (GB/T 32907-2016) in the modes that the formats need. Neither branch nor address depends on key or data: the S-box
 * is computed (`sm4-sbox.ts`), not looked up.
 */
import { blockBytes, blocksAtOnce, Sm4Cipher } from './sm4-cipher.ts';

export type Sm4ErrorReason = 'malformedKey' | 'malformedCiphertext' | 'badPadding';

export class Sm4Error extends Error {
  readonly reason: Sm4ErrorReason;

  constructor(reason: Sm4ErrorReason) {
    super(reason);
    this.name = 'Sm4Error';
    this.reason = reason;
  }
}

/**
 * Encrypts each block by itself (ECB); meant for vectors and for building modes.
 * @param key 16 bytes
 * @param blocks n·16 bytes
 * @throws Sm4Error `malformedKey`
 * @throws RangeError when `blocks` are not whole ones
 */
export function sm4EncryptBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  checkKey(key);
  if (blocks.length % blockBytes !== 0) throw new RangeError('not a whole number of blocks');
  const output = Uint8Array.from(blocks);
  const cipher = new Sm4Cipher(key, 'encrypt');
  cipher.transform(output);
  cipher.wipe();
  return output;
}

/**
 * Counter mode (GB/T 17964-2021, CTR): encrypts, and decrypts as well.
 * @param key 16 bytes
 * @param counter the first counter block, 16 bytes: a big-endian number, which wraps after 2^128 − 1
 * @param data any length
 * @throws Sm4Error `malformedKey`
 * @throws RangeError when `counter` is no block
 */
export function sm4Ctr(key: Uint8Array, counter: Uint8Array, data: Uint8Array): Uint8Array {
  const output = Uint8Array.from(data);
  sm4CtrInPlace(key, counter, output);
  return output;
}

/** As `sm4Ctr`, but `data` itself is changed, and no copy of it is left anywhere. */
export function sm4CtrInPlace(key: Uint8Array, counter: Uint8Array, data: Uint8Array): void {
  checkKey(key);
  if (counter.length !== blockBytes) throw new RangeError('a counter is one block');
  const cipher = new Sm4Cipher(key, 'encrypt');
  const next = Uint8Array.from(counter);
  const keystream = new Uint8Array(blocksAtOnce * blockBytes);
  for (let offset = 0; offset < data.length; offset += keystream.length) {
    for (let block = 0; block < keystream.length; block += blockBytes) {
      keystream.set(next, block);
      increment(next);
    }
    cipher.transform(keystream);
    xorInto(data.subarray(offset, offset + keystream.length), keystream);
  }
  cipher.wipe();
  keystream.fill(0);
}

/**
 * Cipher block chaining (GB/T 17964-2021, CBC) with padding to whole blocks (RFC 5652 §6.3).
 * @param key 16 bytes
 * @param iv 16 bytes, unpredictable
 * @param data any length; the result is 1 to 16 bytes longer
 * @throws Sm4Error `malformedKey`
 * @throws RangeError when `iv` is no block
 */
export function sm4CbcEncrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  checkKey(key);
  if (iv.length !== blockBytes) throw new RangeError('an initialisation vector is one block');
  const padding = blockBytes - (data.length % blockBytes);
  const output = new Uint8Array(data.length + padding).fill(padding);
  output.set(data);
  const cipher = new Sm4Cipher(key, 'encrypt');
  let previous = iv;
  for (let offset = 0; offset < output.length; offset += blockBytes) {
    const block = output.subarray(offset, offset + blockBytes);
    xorInto(block, previous);
    cipher.transform(block);
    previous = block;
  }
  cipher.wipe();
  return output;
}

/**
 * Opens what `sm4CbcEncrypt` made. CBC does not notice alterations: where the padding happens to be right, altered data
 * comes out.
 * @param key 16 bytes
 * @throws Sm4Error `malformedKey`; `malformedCiphertext` when `data` is empty or not whole blocks, or `iv` is no block;
 *   `badPadding` when key, vector or data are not those of the encryption
 */
export function sm4CbcDecrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  checkKey(key);
  if (iv.length !== blockBytes || data.length === 0 || data.length % blockBytes !== 0) {
    throw new Sm4Error('malformedCiphertext');
  }
  const output = Uint8Array.from(data);
  const cipher = new Sm4Cipher(key, 'decrypt');
  cipher.transform(output);
  cipher.wipe();
  xorInto(output.subarray(0, blockBytes), iv);
  xorInto(output.subarray(blockBytes), data);
  const message = output.slice(0, output.length - paddingOf(output));
  output.fill(0);
  return message;
}

/** Bytes of padding; looks at all of the last block whatever it holds. */
function paddingOf(padded: Uint8Array): number {
  const last = padded.subarray(-blockBytes);
  const length = last[blockBytes - 1] ?? 0;
  const wrong = last.filter((byte, index) => index >= blockBytes - length && byte !== length).length;
  if (length < 1 || length > blockBytes || wrong > 0) throw new Sm4Error('badPadding');
  return length;
}

function checkKey(key: Uint8Array): void {
  if (key.length !== blockBytes) throw new Sm4Error('malformedKey');
}

function increment(counter: Uint8Array): void {
  for (let index = counter.length - 1; index >= 0; index -= 1) {
    const byte = ((counter[index] ?? 0) + 1) & 0xff;
    counter[index] = byte;
    if (byte !== 0) return;
  }
}

/** target ⊕= mask, as far as `target` reaches. */
function xorInto(target: Uint8Array, mask: Uint8Array): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = (target[index] as number) ^ (mask[index] as number);
  }
}
