import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { hmacSm3, sm3 } from '../../../src/gm/sm3.ts';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';
import { sm3Vectors } from '../../vectors/sm3-vectors.ts';

const nodeSm3 = (data: Uint8Array) => createHash('sm3').update(data).digest('hex');

describe('SM3', () => {
  test.each(sm3Vectors)('gives the published digest of $message', ({ message, digest }) => {
    expect(toHex(sm3(utf8(message)))).toBe(digest);
  });

  it('agrees with OpenSSL on every length around the block boundaries', () => {
    const data = new Uint8Array(randomBytes(200));
    for (let length = 0; length <= data.length; length += 1) {
      expect(toHex(sm3(data.subarray(0, length)))).toBe(nodeSm3(data.subarray(0, length)));
    }
  });

  it('agrees with OpenSSL on a million times "a"', () => {
    const data = utf8('a'.repeat(1_000_000));
    expect(toHex(sm3(data))).toBe(nodeSm3(data));
  });

  it('does not depend on how the message is cut', () => {
    const data = new Uint8Array(randomBytes(5_000));
    for (const upper of [1, 10, 64, 65, 1_024]) {
      const hash = sm3.create();
      for (let offset = 0; offset < data.length;) {
        const end = offset + randomInt(0, upper + 1);
        hash.update(data.subarray(offset, end));
        offset = end;
      }
      expect(toHex(hash.digest())).toBe(nodeSm3(data));
    }
  });

  it('forks a message begun without disturbing the original', () => {
    const hash = sm3.create().update(utf8('abcd'.repeat(16)));
    const fork = hash.clone().update(utf8('!'));
    expect(toHex(hash.digest())).toBe(sm3Vectors[1]?.digest);
    expect(toHex(fork.digest())).toBe(nodeSm3(utf8(`${'abcd'.repeat(16)}!`)));
  });

  it('ends with the digest', () => {
    const hash = sm3.create();
    hash.digest();
    expect(() => hash.update(Uint8Array.of(1))).toThrow('destroyed');
  });
});

describe('HMAC-SM3', () => {
  test.each([0, 1, 32, 63, 64, 65, 200])('agrees with OpenSSL for a key of %i bytes', (length) => {
    const key = new Uint8Array(randomBytes(length));
    const data = new Uint8Array(randomBytes(777));
    expect(toHex(hmacSm3(key, data))).toBe(createHmac('sm3', key).update(data).digest('hex'));
  });
});
