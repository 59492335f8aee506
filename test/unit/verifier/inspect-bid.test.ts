import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { inspectBid, readTrustAnchors, type BidInspection } from '../../../src/verifier/verifier.ts';
import { issueRoot, issueSubscriber, moment } from '../gm/test-pki.ts';
import { chunkSize, sampleBid } from './sample-bid.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const bidder = issueSubscriber(root, 'encryption').certificate;
const centre = issueSubscriber(root, 'encryption', { commonName: '湛江市公共资源交易中心' }).certificate;
const anchors = readTrustAnchors(root.certificate);
const creditCode = '91440800MA4UABCD12';
const bid = sampleBid([bidder, centre]);

/** Judged as an upload is: the centre must be able to open it, and the bidder too. */
function inspect(bytes: Uint8Array, change: Partial<BidInspection> = {}) {
  return inspectBid({
    file: memorySource(bytes),
    recipients: [centre],
    bidder: { creditCode },
    anchors,
    now: moment,
    ...change,
  });
}

const changed = (offset: number): Uint8Array =>
  bid.bytes.map((byte, index) => (index === offset ? byte ^ 1 : byte));

describe('a file that is no whole bid', () => {
  const cases: [what: string, bytes: Uint8Array, code: string, reason: string][] = [
    ['nothing at all', new Uint8Array(), 'BID_NOT_ENCRYPTED', 'notABid'],
    ['the plaintext by mistake', Buffer.from('%PDF-1.7\n'), 'BID_NOT_ENCRYPTED', 'notABid'],
    ['random bytes', randomBytes(5_000), 'BID_NOT_ENCRYPTED', 'notABid'],
    [
      'a plain EnvelopedData',
      sealEnvelope({ content: randomBytes(99), recipients: [centre] }),
      'BID_NOT_ENCRYPTED',
      'notABid',
    ],
    ['a text file saved with other line ends', changed(5), 'BID_NOT_ENCRYPTED', 'notABid'],
    ['a later version', changed(11), 'BID_VERSION_UNKNOWN', 'unknownVersion'],
    ['another chunk size', changed(17), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['another plain size', changed(27), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['another nonce', changed(30), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['one recipient more', changed(39), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['another certificate', changed(300), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['another envelope', changed(bid.headerLength - 1), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['another digest of the header', changed(bid.headerLength), 'BID_HEADER_DAMAGED', 'headerDamaged'],
    ['only the magic', bid.bytes.subarray(0, 8), 'BID_LENGTH_WRONG', 'wrongLength'],
    ['cut within the header', bid.bytes.subarray(0, 700), 'BID_LENGTH_WRONG', 'wrongLength'],
    ['cut by one byte', bid.bytes.subarray(0, -1), 'BID_LENGTH_WRONG', 'wrongLength'],
    ['one byte appended', Buffer.concat([bid.bytes, Buffer.alloc(1)]), 'BID_LENGTH_WRONG', 'wrongLength'],
    ['twice itself', Buffer.concat([bid.bytes, bid.bytes]), 'BID_LENGTH_WRONG', 'wrongLength'],
  ];
  it.each(cases)('%s', async (_what, bytes, code, reason) => {
    expect(await inspect(bytes)).toEqual({ ok: false, code, reason });
  });
});

describe('a whole bid for the wrong people', () => {
  const days = (count: number) => new Date(moment.getTime() + count * 86_400_000);
  const other = issueSubscriber(root, 'encryption').certificate;
  const elsewhere = issueSubscriber(issueRoot(), 'encryption').certificate;
  const signing = issueSubscriber(root, 'signing').certificate;
  const expired = issueSubscriber(root, 'encryption', { notAfter: days(-1) }).certificate;
  const future = issueSubscriber(root, 'encryption', { notBefore: days(1) }).certificate;
  const cases: [what: string, recipients: Uint8Array[], code: string, reason: string][] = [
    ['not for the centre', [bidder], 'RESULT_MISMATCH', 'requiredRecipientMissing'],
    [
      'for another certificate of the centre’s name',
      [bidder, other],
      'RESULT_MISMATCH',
      'requiredRecipientMissing',
    ],
    ['with a certificate that may only sign', [signing, centre], 'RECIPIENT_NOT_FOR_ENCRYPTION', 'keyUsage'],
    ['with an expired certificate', [expired, centre], 'RECIPIENT_EXPIRED', 'expired'],
    ['with a certificate not valid yet', [future, centre], 'RECIPIENT_EXPIRED', 'notYetValid'],
    ['with a certificate of another authority', [elsewhere, centre], 'RECIPIENT_UNTRUSTED', 'untrusted'],
    ['with a third one who is not trusted', [bidder, centre, elsewhere], 'RECIPIENT_UNTRUSTED', 'untrusted'],
  ];
  it.each(cases)('%s', async (_what, recipients, code, reason) => {
    expect(await inspect(sampleBid(recipients).bytes)).toEqual({ ok: false, code, reason });
  });

  it('for another company than the one that uploads', async () => {
    const refusal = { ok: false, code: 'RESULT_MISMATCH', reason: 'bidderMissing' };
    expect(await inspect(bid.bytes, { bidder: { creditCode: '91440800MA4UABCD13' } })).toEqual(refusal);
  });

  it('where one of several required certificates is missing', async () => {
    const refusal = { ok: false, code: 'RESULT_MISMATCH', reason: 'requiredRecipientMissing' };
    expect(await inspect(bid.bytes, { recipients: [centre, other] })).toEqual(refusal);
  });

  it('all rules but that of trust are kept where a site gives no anchors', async () => {
    const judge = ({ bytes }: { bytes: Uint8Array }) =>
      inspectBid({ file: memorySource(bytes), now: moment });
    expect(await judge(sampleBid([elsewhere]))).toMatchObject({ ok: true });
    expect(await judge(sampleBid([expired]))).toMatchObject({ code: 'RECIPIENT_EXPIRED' });
    expect(await judge(sampleBid([signing]))).toMatchObject({ code: 'RECIPIENT_NOT_FOR_ENCRYPTION' });
  });
});

describe('the digest of the receipt', () => {
  it('finds one changed bit of the body, which nobody sees without a key', async () => {
    const altered = changed(bid.bytes.length - 1);
    expect(await inspect(altered)).toMatchObject({ ok: true });
    expect(await inspect(altered, { expectedSm3: bid.sm3 })).toEqual({
      ok: false,
      code: 'RESULT_MISMATCH',
      reason: 'otherDigest',
    });
  });

  it('finds another sound bid of the same bidder', async () => {
    const { bytes } = sampleBid([bidder, centre]);
    expect(await inspect(bytes, { expectedSm3: bid.sm3 })).toMatchObject({ reason: 'otherDigest' });
  });

  it.each(['', 'a1', bid.sm3.slice(1), `${bid.sm3}00`, 'x'.repeat(64)])(
    'is refused at once where it is none: %s',
    async (expectedSm3) => {
      await expect(inspect(bid.bytes, { expectedSm3 })).rejects.toThrow(TypeError);
    },
  );
});

describe('a sound bid', () => {
  it('is told with its facts, and whose certificates open it', async () => {
    const result = await inspect(bid.bytes, { expectedSm3: bid.sm3.toUpperCase() });
    expect(result).toEqual({
      ok: true,
      version: 1,
      size: bid.bytes.length,
      plainSize: 200_000,
      sm3: bid.sm3,
      recipients: [
        {
          name: '张三',
          organization: '湛江某建设有限公司',
          creditCode,
          serialNumber: expect.stringMatching(/^(?:[0-9a-f]{2})+$/),
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          notBefore: Date.parse('2026-01-01T00:00:00Z'),
          notAfter: Date.parse('2027-01-01T00:00:00Z'),
        },
        expect.objectContaining({ name: '湛江市公共资源交易中心' }),
      ],
      warnings: [],
    });
  });

  it.each([
    ['after the certificates end', '2027-01-01T00:00:01Z', ['CERTIFICATE_ENDS_BEFORE_OPENING']],
    ['in their last second', '2027-01-01T00:00:00Z', []],
  ])('opened %s: warnings %s', async (_when, time, warnings) => {
    expect(await inspect(bid.bytes, { openingTime: new Date(time) })).toMatchObject({ ok: true, warnings });
  });

  it.each([0, 1, chunkSize, chunkSize + 1])('may hold %i bytes', async (plainSize) => {
    expect(await inspect(sampleBid([bidder, centre], plainSize).bytes)).toMatchObject({
      ok: true,
      plainSize,
    });
  });
});
