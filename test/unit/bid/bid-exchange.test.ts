import { describe, expect, it, test, vi } from 'vitest';
import { openEnvelope } from '../../../src/gm/enveloped-data.ts';
import { parseBidHeader } from '../../../src/bid/bid-header.ts';
import { concatBytes, toHex } from '../../../src/lib/bytes.ts';
import { cutBid, openBid, recipientsOf, sealBid } from '../../support/bid-reference.ts';
import { openEnvelopeByOpenssl } from '../../support/cms-judges.ts';
import { openEnvelopeWith, sealEnvelopeFor } from '../../support/reference-envelope.ts';
import { assembleBid, disassembleBid, holder, inputs, otherHolder } from './assemble-bid.ts';
import { seededIntegers } from './seeded-random.ts';

vi.setConfig({ testTimeout: 60_000 });

const chunk = 65_536;
const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
const damaged = (file: Uint8Array, key: Uint8Array) =>
  disassembleBid(file, key).then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );

describe('a file that was tampered with does not open', () => {
  const bid = inputs({ plain: bytes(3 * chunk + 100) });
  const file = new Uint8Array(sealBid(bid));
  const start = cutBid(file).header.length + 32;
  const step = chunk + 32;
  const [before, one, two, three, rest] = [0, start, start + step, start + 2 * step, start + 3 * step].map(
    (offset, index, offsets) => file.subarray(offset, offsets[index + 1]),
  ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { contentKey, nonce } = bid;
  const twin = new Uint8Array(sealBid({ ...inputs({ plain: bid.plain, contentKey }), nonce }));
  const twinStart = cutBid(twin).header.length + 32;

  test.each([
    ['two chunks exchanged', concatBytes(before, two, one, three, rest), 'mac of part 0'],
    ['a chunk twice', concatBytes(before, one, one, three, rest), 'mac of part 1'],
    ['a chunk left out', concatBytes(before, one, two, rest), 'wrongLength'],
    ['a chunk put in', concatBytes(before, one, two, two, three, rest), 'wrongLength'],
    [
      'a chunk of another file of the same key',
      concatBytes(before, one, twin.subarray(twinStart + step, twinStart + 2 * step), three, rest),
      'mac of part 1',
    ],
    [
      'the header of another file of the same key',
      concatBytes(twin.subarray(0, twinStart), file.subarray(start)),
      'mac of part 4',
    ],
    [
      'the trailer of another file of the same key',
      concatBytes(file.subarray(0, -1_056), twin.subarray(-1_056)),
      'mac of part 4',
    ],
  ])('%s', async (_, altered, message) => {
    expect(await damaged(altered, contentKey)).toBe(message);
  });

  it('whichever byte of a small one is altered', async () => {
    const small = inputs({ plain: bytes(100) });
    const whole = new Uint8Array(sealBid(small));
    const opened: number[] = [];
    for (let index = 0; index < whole.length; index += 1) {
      const altered = whole.map((byte, at) => (at === index ? byte ^ (1 << (index % 8)) : byte));
      if ((await damaged(altered, small.contentKey)) === 'opened') opened.push(index);
    }
    expect(opened).toEqual([]);
  });

  it('by another key', async () => {
    expect(await damaged(file, inputs().contentKey)).toBe('mac of part 4');
  });
});

describe('two implementations agree', () => {
  const integer = seededIntegers(2026);
  const sizes = [0, 1, 15, 16, 17, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1, integer(300_000)];

  test.each(sizes)('byte for byte, on a file of %i bytes', (size) => {
    const bid = inputs({ plain: bytes(size), holders: [holder, otherHolder] });
    expect(Buffer.from(assembleBid(bid)).equals(sealBid(bid))).toBe(true);
  });

  test.each(sizes)('and each opens what the other made, of %i bytes', async (size) => {
    const bid = inputs({ plain: bytes(size) });
    const { name, encryptedAt } = bid;
    const [ours, theirs] = [
      openBid(assembleBid(bid), bid.contentKey),
      await disassembleBid(sealBid(bid), bid.contentKey),
    ];
    for (const opened of [ours, theirs]) {
      expect(opened).toMatchObject({ name, encryptedAt });
      expect(Buffer.from(opened.plain).equals(bid.plain)).toBe(true);
    }
  });

  it('and a recipient opens it by certificate and private key', () => {
    const bid = inputs({ plain: bytes(100), holders: [holder, otherHolder] });
    expect(openBid(assembleBid(bid), otherHolder).plain.equals(bid.plain)).toBe(true);
  });

  it('on larger chunks too', async () => {
    const bid = inputs({ plain: bytes(700_000), chunkSize: 262_144 });
    expect(Buffer.from(assembleBid(bid)).equals(sealBid(bid))).toBe(true);
  });

  it('on envelopes: either opens the other’s', () => {
    const bid = inputs({ holders: [holder, otherHolder] });
    const [own, further] = recipientsOf(sealBid(bid));
    if (own === undefined || further === undefined) throw new Error('two recipients are needed');
    expect(toHex(openEnvelopeWith(holder.privateKey, own.envelope))).toBe(toHex(bid.contentKey));
    expect(toHex(openEnvelopeWith(otherHolder.privateKey, further.envelope))).toBe(toHex(bid.contentKey));
    const envelope = sealEnvelopeFor(bid.contentKey, holder.certificate);
    const theirs = sealBid({ ...bid, recipients: [{ certificate: holder.certificate, envelope }] });
    const [recipient] = parseBidHeader(cutBid(theirs).header).recipients;
    if (recipient === undefined) throw new Error('a recipient is needed');
    expect(openEnvelope(recipient.envelope, holder)).toEqual(bid.contentKey);
  });
});

it('the envelope of a bid opens with `openssl cms -decrypt` after the rewriting of its two names', async () => {
  const bid = inputs({ holders: [holder, otherHolder] });
  const [own, further] = recipientsOf(assembleBid(bid));
  if (own === undefined || further === undefined) throw new Error('two recipients are needed');
  expect(await openEnvelopeByOpenssl(own.envelope, holder)).toEqual(bid.contentKey);
  expect(await openEnvelopeByOpenssl(further.envelope, otherHolder)).toEqual(bid.contentKey);
});
