import { CodedError } from '../../../protocol/coded-error.ts';
import type { OpenedBid, OpenedBids } from '../../../protocol/bid-methods.ts';
import type { EncryptedDocuments } from '../../../protocol/bids.ts';
import type { Locale } from '../../../protocol/errors.ts';
import type { SessionOutput } from '../../../protocol/ui-messages.ts';
import { wireError } from '../../../protocol/wire-error.ts';
import type { SessionRecord } from '../../storage/session-record.ts';

type Kept = ReadonlyMap<number, Blob>;

/** Indexes of the documents whose bytes must be there before the session's outcome can be handed over. */
export function neededBytes({ request, signing, outcome, saved }: SessionRecord): readonly number[] {
  if (outcome === undefined || !('bids' in outcome)) return [];
  // What the user has saved is with the user.
  if (saved === true && 'deliver' in request.params && request.params.deliver === 'user') return [];
  if (request.scene === 'encrypt') return (signing.receipts ?? []).map((_receipt, index) => index);
  if (request.scene !== 'decrypt' || request.purpose !== 'open') return [];
  return (signing.bids ?? []).flatMap((bid, index) => (bid.ok && bid.plain !== undefined ? [index] : []));
}

/** What the page gets of a finished `encrypt` or `decrypt`. @throws CodedError BRIDGE_INTERNAL when bytes are missing */
export function bidResult(
  session: SessionRecord,
  kept: Kept,
  locale: Locale,
): EncryptedDocuments | OpenedBids {
  const { request, signing } = session;
  const toPage = !('deliver' in request.params) || request.params.deliver !== 'user';
  const bytesOf = (index: number) => {
    const blob = kept.get(index);
    if (blob === undefined) throw new CodedError('BRIDGE_INTERNAL', 'bytes are missing');
    return { blob };
  };
  if (request.scene === 'encrypt') {
    const { receipts = [] } = signing;
    return {
      outputs: receipts.map((receipt, index) => ({ receipt, ...(toPage ? bytesOf(index) : {}) })),
    };
  }
  const needed = new Set(toPage ? neededBytes(session) : []);
  const bids = (signing.bids ?? []).map((bid, index): OpenedBid => {
    const name = signing.documents?.[index]?.name ?? '_';
    const recipients = [...bid.recipients];
    if (!bid.ok) return { ok: false, name, recipients, error: wireError(bid.code, locale) };
    return {
      ok: true,
      name,
      recipients,
      warnings: [...bid.warnings],
      ...(bid.plain === undefined ? {} : { plain: bid.plain }),
      ...(bid.encryptedAt === undefined ? {} : { encryptedAt: bid.encryptedAt }),
      ...(needed.has(index) ? bytesOf(index) : {}),
    };
  });
  return { bids, ...(signing.phone === undefined ? {} : { certificate: signing.phone }) };
}

/** The files that the user is to save. */
export function outputsToSave(session: SessionRecord, kept: Kept): readonly SessionOutput[] {
  const { signing } = session;
  return neededBytes(session).flatMap((index) => {
    const blob = kept.get(index);
    const bid = signing.bids?.[index];
    const name = signing.receipts?.[index]?.cipher.name ?? (bid?.ok === true ? bid.plain?.name : undefined);
    return blob === undefined || name === undefined ? [] : [{ name, blob }];
  });
}
