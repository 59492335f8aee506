import { describe, expect, it, test } from 'vitest';
import { createChunkCipher, type ChunkCipher } from '../../../src/kernel/chunk-cipher.ts';
import {
  encryptionKey,
  hex,
  kernel,
  kinds,
  macKey,
  nonce,
  opensslCtr,
  opensslMac,
  random,
} from './ciphers.ts';

const item = { prefix: new Uint8Array(64), offset: 0, length: 100 };

/** The whole memory of a cipher, in front of its region as well. */
const wholeOf = ({ memory }: { memory: Uint8Array }) => Buffer.from(memory.buffer);

describe.each(kinds)('%s', (_, create) => {
  test.each([
    [15, 32],
    [17, 32],
    [16, 31],
    [16, 33],
    [0, 0],
  ])('refuses keys of %i and %i bytes', (first, second) => {
    expect(() => create().setKeys(random(first), random(second))).toThrow(RangeError);
  });

  it('copies the keys', () => {
    const cipher = create();
    const [first, second] = [Uint8Array.from(encryptionKey), Uint8Array.from(macKey)];
    cipher.setKeys(first, second);
    first.fill(0);
    second.fill(0);
    expect(cipher.macs([item]).map(hex)).toEqual([opensslMac(item.prefix, cipher.memory.subarray(0, 100))]);
    const expected = opensslCtr(cipher.memory.slice(0, 100), 0n);
    cipher.crypt(0, 100, nonce, 0);
    expect(hex(cipher.memory.subarray(0, 100))).toBe(expected);
  });

  it('leaves nothing in the memory once it is wiped', () => {
    const cipher = create();
    cipher.crypt(0, 5_000, nonce, 1);
    cipher.macs([item, item, { ...item, length: 99 }]);
    cipher.wipe();
    expect(wholeOf(cipher).every((byte) => byte === 0)).toBe(true);
  });

  it('does nothing without keys once it is wiped', () => {
    const cipher = create();
    cipher.wipe();
    expect(() => cipher.crypt(0, 16, nonce, 0)).toThrow('no keys');
    expect(() => cipher.macs([item])).toThrow('no keys');
    expect(cipher.memory.every((byte) => byte === 0)).toBe(true);
  });

  it('works with the keys that it is given after it was wiped', () => {
    const cipher = create();
    cipher.wipe();
    cipher.setKeys(encryptionKey, macKey);
    expect(cipher.macs([item]).map(hex)).toEqual([opensslMac(item.prefix, new Uint8Array(100))]);
    cipher.crypt(0, 100, nonce, 0);
    expect(hex(cipher.memory.subarray(0, 100))).toBe(opensslCtr(new Uint8Array(100), 0n));
  });
});

test.each([
  ['the kernel', kernel()],
  ['the scalar path', undefined],
])('%s does nothing before it has keys', (_, module) => {
  const cipher = createChunkCipher(module, 16);
  expect(() => cipher.crypt(0, 16, nonce, 0)).toThrow('no keys');
  expect(() => cipher.macs([{ ...item, length: 16 }])).toThrow('no keys');
});

describe("the kernel's memory", () => {
  const used = () => {
    const cipher = createChunkCipher(kernel(), 1_024);
    cipher.setKeys(encryptionKey, macKey);
    return cipher;
  };

  /** How many of the 16-byte blocks of `secret` stand anywhere in the memory. */
  function found(cipher: ChunkCipher, secret: Uint8Array): number {
    const whole = wholeOf(cipher);
    const blocks = Array.from({ length: secret.length / 16 }, (_, index) =>
      Buffer.from(secret.subarray(16 * index, 16 * index + 16)),
    );
    return blocks.filter((block) => whole.includes(block) || whole.includes(block.swap32())).length;
  }

  it('holds neither key as such while they are in use', () => {
    const cipher = used();
    expect([found(cipher, encryptionKey), found(cipher, macKey)]).toEqual([0, 0]);
  });

  it('holds no plaintext after a range is encrypted', () => {
    const cipher = used();
    const plaintext = random(1_024);
    cipher.memory.set(plaintext);
    expect(found(cipher, plaintext)).toBe(64);
    cipher.crypt(0, 1_024, nonce, 0);
    expect(found(cipher, plaintext)).toBe(0);
  });

  it('holds no key stream after a range is encrypted', () => {
    const cipher = used();
    cipher.crypt(0, 1_024, nonce, 0);
    const keystream = cipher.memory.slice();
    expect(found(cipher, keystream)).toBe(64);
    cipher.memory.fill(0);
    expect(found(cipher, keystream)).toBe(0);
  });
});
