import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { BidError } from '../../../src/bid/bid-error.ts';
import { readBidHeader } from '../../../src/bid/read-bid-header.ts';
import { memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { cutBid, referenceHeader, sealBid } from '../../support/bid-reference.ts';
import { inputs } from './assemble-bid.ts';

const bid = inputs({ plain: Uint8Array.from({ length: 100 }, (_, index) => index) });
const file = new Uint8Array(sealBid(bid));
const { header } = cutBid(file);
const digestEnd = header.length + 32;
const createSm3 = () => createHash('sm3');

/** Reason, and lengths where there are any. */
async function refusal(source: Uint8Array | ByteSource): Promise<unknown> {
  const bytes = source instanceof Uint8Array ? memorySource(source) : source;
  const error: unknown = await readBidHeader(bytes, createSm3).then(
    () => 'none',
    (found: unknown) => found,
  );
  if (!(error instanceof BidError)) return error;
  return error.lengths === undefined ? error.reason : error.lengths;
}

const flip = (index: number, bit: number) =>
  file.map((byte, at) => (at === index ? byte ^ (1 << bit) : byte));

describe('a file is refused by what its header says', () => {
  it('whichever byte of the header or its digest is altered', async () => {
    const accepted: number[] = [];
    for (let index = 0; index < digestEnd; index += 1) {
      if ((await refusal(flip(index, index % 8))) === 'none') accepted.push(index);
    }
    expect(accepted).toEqual([]);
  });

  it('under the name of what was altered', async () => {
    expect(await refusal(flip(0, 0))).toBe('notABid');
    expect(await refusal(flip(11, 1))).toBe('unknownVersion');
    for (const index of [20, 28, 36, 39, 41, 60, header.length - 1, header.length, digestEnd - 1]) {
      expect(await refusal(flip(index, 2)), `byte ${index}`).toBe('headerDamaged');
    }
  });

  it('as cut, wherever it is cut', async () => {
    for (let length = 0; length < file.length; length += 1) {
      const expected =
        length < 8 ? 'notABid' : length < 40 ? { actual: length } : { actual: length, expected: file.length };
      expect(await refusal(file.subarray(0, length)), `${length} bytes`).toEqual(expected);
    }
  });

  it('as too long, with one byte appended or many', async () => {
    for (const appended of [1, 32, 1_056, 65_536]) {
      const actual = file.length + appended;
      expect(await refusal(concatBytes(file, new Uint8Array(appended)))).toEqual({
        actual,
        expected: file.length,
      });
    }
  });

  it('as damaged rather than too short, when both can be known', async () => {
    expect(await refusal(flip(60, 0).subarray(0, digestEnd))).toBe('headerDamaged');
  });

  it('and with what the source refuses', async () => {
    expect(await refusal({ size: 100, read: () => Promise.reject(new Error('disk')) })).toEqual(
      new Error('disk'),
    );
  });
});

describe('a header is read', () => {
  it('without the body, in two reads', async () => {
    const read = vi.fn<ByteSource['read']>(memorySource(file).read);
    const found = await readBidHeader({ size: file.length, read });
    expect(read.mock.calls).toEqual([
      [0, 40],
      [0, digestEnd],
    ]);
    expect(found).toMatchObject({ headerLength: header.length, plainSize: 100, chunkSize: 65_536 });
  });

  it('to the same by the SM3 that it is given as by its own', async () => {
    const [given, own] = [readBidHeader(memorySource(file), createSm3), readBidHeader(memorySource(file))];
    expect(new Uint8Array((await given).digest)).toEqual((await own).digest);
  });

  it('of a file that only a far larger disk could hold', async () => {
    const length = digestEnd + 2 ** 46 + 32 * 2 ** 22 + 1_056;
    const beginning = referenceHeader({ ...bid, chunkSize: 2 ** 24 }, 2 ** 46);
    const bytes = concatBytes(beginning, createSm3().update(beginning).digest());
    const source = { size: length, read: memorySource(bytes).read };
    expect((await readBidHeader(source)).plainSize).toBe(2 ** 46);
    expect(await refusal({ ...source, size: length - 1 })).toEqual({ actual: length - 1, expected: length });
  });
});
