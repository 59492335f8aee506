/** HMAC (RFC 2104) with SM3 over four messages of equal length at once. */
import { hash, innerStart, macKey, macs, outerStart, prefixes, schedule, tails } from './memory-map';
import { absorb, compress, prepareConstants, startHash } from './sm3-lanes';

const blockBytes: usize = 64;
const digestBytes: usize = 32;
/** Bytes of the eight vectors of the hash state, and of W_0 … W_67. */
const hashBytes: usize = 128;
const scheduleBytes: usize = 1088;
/** What the outer hash is of: the key block and the inner digest. */
const outerBits: u32 = 768;
/** Room for a padded end. */
const tailBytes: usize = 128;

/** Takes the key: what is left of it are the states after its two blocks, K ⊕ ipad and K ⊕ opad. */
export function takeMacKey(): void {
  prepareConstants();
  absorbKey(0x36363636, innerStart);
  absorbKey(0x5c5c5c5c, outerStart);
  memory.fill(macKey, 0, blockBytes);
  memory.fill(schedule, 0, scheduleBytes);
  memory.fill(hash, 0, hashBytes);
}

function absorbKey(pad: u32, target: usize): void {
  startHash();
  for (let offset: usize = 0; offset < blockBytes; offset += 4) {
    v128.store(schedule + 4 * offset, i32x4.splat(bswap(load<u32>(macKey + offset)) ^ pad));
  }
  compress();
  memory.copy(target, hash, hashBytes);
}

/**
 * Authenticates four messages: a prefix block each and `length` bytes at the addresses given. The values stand at
 * `macs` afterwards.
 */
export function authenticate(
  message0: usize,
  message1: usize,
  message2: usize,
  message3: usize,
  length: usize,
): void {
  memory.copy(hash, innerStart, hashBytes);
  absorb(prefixes, prefixes + 64, prefixes + 128, prefixes + 192, 1);
  const whole = length / blockBytes;
  absorb(message0, message1, message2, message3, whole);
  padTail(0, message0, length);
  padTail(1, message1, length);
  padTail(2, message2, length);
  padTail(3, message3, length);
  absorb(tails, tails + tailBytes, tails + 2 * tailBytes, tails + 3 * tailBytes, tailBlocks(length));
  finish();
}

/** GB/T 32905-2016 §5.2: a one, zeros, and the bits so far, the blocks of key and prefix included. */
function padTail(lane: usize, message: usize, length: usize): void {
  const tail = tails + tailBytes * lane;
  const rest = length % blockBytes;
  const padded = blockBytes * tailBlocks(length);
  memory.copy(tail, message + length - rest, rest);
  memory.fill(tail + rest, 0, padded - rest);
  store<u8>(tail + rest, 0x80);
  store<u64>(tail + padded - 8, bswap<u64>(8 * (2 * blockBytes + length)));
}

/** One byte and the number of bits must follow the last bytes. */
function tailBlocks(length: usize): usize {
  return length % blockBytes < blockBytes - 8 ? 1 : 2;
}

/** The outer hash: of the second key block and the inner digest, whose words are already where W_0 … W_7 go. */
function finish(): void {
  memory.copy(schedule, hash, hashBytes);
  v128.store(schedule + 128, i32x4.splat(0x80000000));
  memory.fill(schedule + 144, 0, 96);
  v128.store(schedule + 240, i32x4.splat(outerBits));
  memory.copy(hash, outerStart, hashBytes);
  compress();
  for (let lane: usize = 0; lane < 4; lane++) {
    for (let word: usize = 0; word < 8; word++) {
      const value = load<u32>(hash + 16 * word + 4 * lane);
      store<u32>(macs + digestBytes * lane + 4 * word, bswap(value));
    }
  }
}
