import { describe, expect, test } from 'vitest';
import { encodeBidTrailer, parseBidTrailer } from '../../../src/bid/bid-trailer.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { refusalOf } from '../gm/refusal-of.ts';

const trailer = {
  digest: Uint8Array.from({ length: 32 }, (_, index) => index),
  plainSize: 2 ** 46,
  encryptedAt: 1_782_864_000_000,
  name: '投标文件.pdf',
};
const encoded = encodeBidTrailer(trailer);
const nameEnd = 50 + utf8(trailer.name).length;

function withBytes(offset: number, ...bytes: readonly number[]): Uint8Array {
  const altered = encoded.slice();
  altered.set(bytes, offset);
  return altered;
}

/** A trailer of this name, its length right and the rest zeros. */
function named(bytes: Uint8Array): Uint8Array {
  const altered = encoded.slice().fill(0, 48);
  altered.set([bytes.length >> 8, bytes.length & 0xff], 48);
  altered.set(bytes, 50);
  return altered;
}

describe('a trailer is refused as damaged', () => {
  test.each([
    ['no bytes', new Uint8Array()],
    ['a byte less', encoded.subarray(1)],
    ['a byte more', new Uint8Array(1_025)],
    ['another size than the header’s', withBytes(39, 1)],
    ['a time after the year 9999', withBytes(40, 0, 1)],
    ['a time of eight bytes', withBytes(40, 0xff)],
    ['no name', named(new Uint8Array())],
    ['a name above 768 bytes', named(new Uint8Array(769).fill(0x61))],
    ['a name that reaches beyond the trailer', withBytes(48, 0xff, 0xff)],
    ['a name that is cut within a character', withBytes(49, nameEnd - 51 - '.pdf'.length)],
    ['a name that is not UTF-8', named(Uint8Array.of(0x61, 0xff))],
    ['a name in overlong UTF-8', named(Uint8Array.of(0xc1, 0xa1))],
    ['a name with a byte order mark', named(utf8('\uFEFFa.pdf'))],
    ['a name with a folder', named(utf8('../a.pdf'))],
    ['a name with a folder of Windows', named(utf8('C:\\a.pdf'))],
    ['a name with a zero byte', named(utf8('a.pdf\0.exe'))],
    ['a name with a line end', named(utf8('a\nb.pdf'))],
    ['the folder itself', named(utf8('.'))],
    ['the folder above', named(utf8('..'))],
    ['bytes behind the name', withBytes(nameEnd, 1)],
    ['a last byte that is not zero', withBytes(1_023, 1)],
  ])('%s', (_, bytes) => {
    expect(refusalOf(() => parseBidTrailer(bytes, trailer.plainSize))).toBe('BidError: damaged');
  });
});

describe('a trailer is not written', () => {
  test.each([
    ['with another digest', { digest: new Uint8Array(20) }],
    ['of a negative size', { plainSize: -1 }],
    ['of a size above 2^46', { plainSize: 2 ** 46 + 1 }],
    ['of a time that is none', { encryptedAt: Number.NaN }],
    ['of a time before 1970', { encryptedAt: -1 }],
    ['of a time after the year 9999', { encryptedAt: 253_402_300_799_001 }],
    ['without a name', { name: '' }],
    ['with a name above 768 bytes', { name: '投'.repeat(257) }],
    ['with a name of half a character', { name: 'a\uD800.pdf' }],
    ['with a path for a name', { name: 'a/b.pdf' }],
  ])('%s', (_, part) => {
    expect(() => encodeBidTrailer({ ...trailer, ...part })).toThrow(RangeError);
  });
});

describe('a trailer', () => {
  test.each([
    ['a name of Chinese', trailer],
    ['the longest name', { ...trailer, name: '投'.repeat(256) }],
    [
      'a name of one letter, nothing in it, at the beginning of time',
      { ...trailer, name: 'a', plainSize: 0, encryptedAt: 0 },
    ],
    ['the last second there is', { ...trailer, encryptedAt: 253_402_300_799_000 }],
  ])('says what was written: %s', (_, given) => {
    const bytes = encodeBidTrailer(given);
    expect(bytes.length).toBe(1_024);
    expect(parseBidTrailer(bytes, given.plainSize)).toEqual(given);
  });
});
