import { describe, expect, it, test } from 'vitest';
import { encodeBidHeader, parseBidHeader } from '../../../src/bid/bid-header.ts';
import { sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { referenceHeader } from '../../support/bid-reference.ts';
import { sealEnvelopeFor } from '../../support/reference-envelope.ts';
import { refusalOf } from '../gm/refusal-of.ts';
import { issueRoot, issueSubscriber } from '../gm/test-pki.ts';
import { holder, inputs, otherHolder } from './assemble-bid.ts';

const root = issueRoot();
const bid = inputs({ holders: [holder, otherHolder] });
const header = encodeBidHeader({ ...bid, plainSize: 1_000 });
const [own, further] = bid.recipients;
if (own === undefined || further === undefined) throw new Error('two recipients are needed');
const refusal = (bytes: Uint8Array) => refusalOf(() => parseBidHeader(bytes))?.replace('BidError: ', '');

/** The header with other bytes at a place. */
function withBytes(offset: number, ...bytes: readonly number[]): Uint8Array {
  const altered = header.slice();
  altered.set(bytes, offset);
  return altered;
}

/** A header of such recipients, all its lengths right. */
const withRecipients = (...recipients: readonly (typeof own)[]) =>
  referenceHeader({ ...bid, recipients }, 1_000);
const envelopeOf = (content: Uint8Array, flavour: 'gm' | 'pkcs7' = 'gm', recipients = [own.certificate]) =>
  sealEnvelope({ content, flavour, recipients });
const seventeen = Array.from({ length: 17 }, () => issueSubscriber(root, 'encryption')).map(
  ({ certificate }) => ({
    certificate,
    envelope: sealEnvelope({ content: bid.contentKey, recipients: [certificate] }),
  }),
);
const garbage = Uint8Array.of(1, 2, 3);
const key = bid.contentKey;

describe('a header is refused by name', () => {
  const envelopeEnd = 44 + own.certificate.length;
  test.each([
    ['no bytes', new Uint8Array(), 'notABid'],
    ['another magic', withBytes(7, 0x1b), 'notABid'],
    ['line ends changed on the way', concatBytes(header.subarray(0, 5), header.subarray(6)), 'notABid'],
    ['version 0', withBytes(11, 0), 'unknownVersion'],
    ['version 2', withBytes(11, 2), 'unknownVersion'],
    ['version 2^24 + 1', withBytes(8, 1), 'unknownVersion'],
    ['headerLength of fixed fields alone', withBytes(12, 0, 0, 0, 40), 'headerDamaged'],
    ['headerLength above 131,072', withBytes(12, 0, 2, 0, 1), 'headerDamaged'],
    ['headerLength of more than there is', withBytes(15, (header[15] ?? 0) + 1), 'headerDamaged'],
    ['headerLength of less', withBytes(15, (header[15] ?? 0) - 1), 'headerDamaged'],
    ['chunkSize 0', withBytes(16, 0, 0, 0, 0), 'headerDamaged'],
    ['chunkSize below 65,536', withBytes(16, 0, 0, 0x80, 0), 'headerDamaged'],
    ['chunkSize above 16,777,216', withBytes(16, 2, 0, 0, 0), 'headerDamaged'],
    ['chunkSize 2^31', withBytes(16, 0x80, 0, 0, 0), 'headerDamaged'],
    ['chunkSize that is no power of two', withBytes(16, 0, 3, 0, 0), 'headerDamaged'],
    ['plainSize above 2^46', withBytes(20, 0, 0, 0x40, 0, 0, 0, 0, 1), 'headerDamaged'],
    ['plainSize 2^64 - 1', withBytes(20, ...Array.from({ length: 8 }, () => 0xff)), 'headerDamaged'],
    ['no recipient', referenceHeader({ ...bid, recipients: [] }, 0), 'headerDamaged'],
    ['recipientCount 0 with recipients', withBytes(39, 0), 'headerDamaged'],
    ['recipientCount of more than there are', withBytes(39, 3), 'headerDamaged'],
    ['recipientCount of less', withBytes(39, 1), 'headerDamaged'],
    ['recipientCount 2^32 - 1', withBytes(36, 0xff, 0xff, 0xff, 0xff), 'headerDamaged'],
    ['17 recipients', withRecipients(...seventeen), 'headerDamaged'],
    ['certificateLength beyond the end', withBytes(40, 0xff, 0xff, 0xff, 0xff), 'headerDamaged'],
    ['certificateLength 0', withBytes(40, 0, 0, 0, 0), 'headerDamaged'],
    ['envelopeLength beyond the end', withBytes(envelopeEnd, 0, 1, 0, 0), 'headerDamaged'],
    ['the same recipient twice', withRecipients(own, own), 'headerDamaged'],
    ['no certificate', withRecipients({ ...own, certificate: garbage }), 'headerDamaged'],
    ['no envelope', withRecipients({ ...own, envelope: garbage }), 'headerDamaged'],
    ['another’s envelope', withRecipients({ ...own, envelope: further.envelope }), 'headerDamaged'],
    [
      'envelope for two',
      withRecipients({ ...own, envelope: envelopeOf(key, 'gm', [own.certificate, further.certificate]) }),
      'headerDamaged',
    ],
    [
      'envelope under the names of RFC 5652',
      withRecipients({ ...own, envelope: envelopeOf(key, 'pkcs7') }),
      'headerDamaged',
    ],
    [
      'envelope of a short key',
      withRecipients({ ...own, envelope: envelopeOf(key.subarray(17)) }),
      'headerDamaged',
    ],
    [
      'envelope of a long key',
      withRecipients({ ...own, envelope: envelopeOf(new Uint8Array(64)) }),
      'headerDamaged',
    ],
  ])('%s', (_, bytes, reason) => {
    expect(refusal(bytes)).toBe(reason);
  });

  it('at every truncation', () => {
    for (let length = 0; length < header.length; length += 1) {
      expect(refusal(header.subarray(0, length)), `${length} bytes`).toBe(
        length < 8 ? 'notABid' : 'headerDamaged',
      );
    }
  });
});

describe('a header is not written', () => {
  test.each([
    ['for nobody', { recipients: [] }],
    ['for more than sixteen', { recipients: seventeen }],
    ['for one twice', { recipients: [own, own] }],
    ['with another’s envelope', { recipients: [{ ...own, envelope: further.envelope }] }],
    ['with chunks of another size', { chunkSize: 100_000 }],
    ['for a negative size', { plainSize: -1 }],
    ['for a size that is none', { plainSize: 0.5 }],
    ['for a size above 2^46', { plainSize: 2 ** 46 + 1 }],
    ['with a short nonce', { nonce: new Uint8Array(7) }],
  ])('%s', (_, part) => {
    expect(() => encodeBidHeader({ ...bid, plainSize: 1_000, ...part })).toThrow(RangeError);
  });
});

describe('a header', () => {
  it('may name sixteen', () => {
    const sixteen = seventeen.slice(1);
    const parsed = parseBidHeader(encodeBidHeader({ ...bid, recipients: sixteen, plainSize: 0 }));
    expect(parsed.recipients.map(({ certificate }) => certificate.raw)).toEqual(
      sixteen.map(({ certificate }) => certificate),
    );
  });

  it('says what was written', () => {
    const parsed = parseBidHeader(header);
    expect(parsed).toMatchObject({
      headerLength: header.length,
      chunkSize: bid.chunkSize,
      plainSize: 1_000,
      nonce: bid.nonce,
      digest: sm3(header),
    });
    expect(parsed.recipients.map(({ certificate }) => certificate.raw)).toEqual([
      own.certificate,
      further.certificate,
    ]);
    expect(parsed.recipients.map(({ envelope }) => envelope.raw)).toEqual([own.envelope, further.envelope]);
  });

  it('is the one that the reference writes, and reads the reference’s envelopes', () => {
    const envelope = sealEnvelopeFor(key, own.certificate);
    const theirs = referenceHeader({ ...bid, recipients: [{ ...own, envelope }] }, 2 ** 46);
    expect(encodeBidHeader({ ...bid, recipients: [{ ...own, envelope }], plainSize: 2 ** 46 })).toEqual(
      new Uint8Array(theirs),
    );
  });

  it('does not change with the bytes that it was read from', () => {
    const bytes = header.slice();
    const parsed = parseBidHeader(bytes);
    bytes.fill(0);
    expect(parsed).toEqual(parseBidHeader(header));
  });
});
