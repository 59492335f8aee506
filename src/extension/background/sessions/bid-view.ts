import type { BidView } from '../../../protocol/bid-view.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { BidRequest } from '../bids/bid-request.ts';
import { awaitsSaving } from './session-deadlines.ts';

/** What windows are told of a request to encrypt or decrypt: certificates and digests, never a key. */
export function viewBid(session: SessionRecord, request: BidRequest): BidView {
  const { signing, state } = session;
  const { recipients, receipts, phone, bids = [], scanAgain = false } = signing;
  const openingTime = 'openingTime' in request.params ? request.params.openingTime : undefined;
  const own = recipients?.[0];
  return {
    ...(request.scene === 'decrypt' ? { purpose: request.purpose } : {}),
    ...(openingTime === undefined ? {} : { openingTime }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(own === undefined || openingTime === undefined
      ? {}
      : { endsBeforeOpening: own.notAfter < openingTime }),
    ...(receipts === undefined ? {} : { receipts }),
    ...(phone === undefined ? {} : { phone }),
    files: bids.map((bid) => {
      if (!bid.ok) return bid;
      const { ok, recipients: readers, warnings, plain, encryptedAt } = bid;
      return {
        ok,
        recipients: readers,
        warnings,
        ...(plain === undefined ? {} : { plain }),
        ...(encryptedAt === undefined ? {} : { encryptedAt }),
      };
    }),
    scanAgain,
    awaitsSaving: state === 'completing' && awaitsSaving(session),
  };
}
