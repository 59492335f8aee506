import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { Trust } from '../../../protocol/signature-methods.ts';
import type { BidProgress, SessionRecord } from '../../storage/session-record.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { receiveBlob } from '../native/file-transfer.ts';
import type { SessionEvent } from '../sessions/session-events.ts';
import { bidJob, ownCertificate } from './bid-request.ts';

type Prepared = Omit<Extract<SessionEvent, { type: 'openingPrepared' }>, 'type' | 'businessId'>;

/** Has the client make its one-time key, before there is a QR that binds it. */
export async function createOpening(session: SessionRecord, desk: DocumentDesk, signal: AbortSignal) {
  return desk.withClient(bidJob(session, signal), async ({ client }) => {
    const { opening, oneTimeKey } = await client.call('opening.create', {}, { signal });
    return { id: opening, oneTimeKey };
  });
}

/**
 * Has the client say which of the files that are still to be opened the phone can open; unless it is only asked, the
 * client makes a request to the phone for each of them.
 */
export async function prepareOpening(
  session: SessionRecord,
  desk: DocumentDesk,
  trust: Trust,
  signal: AbortSignal,
): Promise<Prepared> {
  const { request, signing } = session;
  const { bids = [], opening } = signing;
  if (request.scene !== 'decrypt') throw new CodedError('BRIDGE_INTERNAL', 'nothing is opened');
  const own = ownCertificate(session);
  const { openingTime } = request.params;
  return desk.withClient(bidJob(session, signal), async ({ client, files }) => {
    const asked = files.flatMap(({ file }, index) => (isUnopened(bids[index]) ? [{ file, index }] : []));
    const answer = await client.call(
      'opening.prepare',
      {
        files: asked.map(({ file }) => file),
        own,
        trust,
        ...(openingTime === undefined ? {} : { openingTime }),
        ...(opening === undefined ? {} : { opening: opening.id }),
      },
      { signal },
    );
    const said = new Map(asked.map(({ index }, position) => [index, answer.bids[position]]));
    const judged = bids.map((bid, index): BidProgress => {
      const about = said.get(index);
      if (about === undefined) return bid;
      const { recipients } = bid;
      return about.ok
        ? { ok: true, recipients, warnings: about.warnings }
        : { ok: false, recipients, code: about.code };
    });
    const requests = asked.flatMap(({ index }) => {
      const about = said.get(index);
      return about?.ok === true && about.request !== undefined ? [{ index, request: about.request }] : [];
    });
    return {
      phone: answer.certificate,
      bids: judged,
      asked: requests.map(({ index }) => index),
      requests: requests.map(({ request: part }) => part),
    };
  });
}

function isUnopened(bid: BidProgress | undefined): boolean {
  return bid?.ok === true && bid.plain === undefined;
}

/** What became of one document, told as soon as it is known. */
export type OnBid = (index: number, bid: BidProgress) => Promise<unknown>;

/**
 * Opens, one after the other, what the phone gave the keys of; a file that cannot be opened keeps no other from it.
 * Bytes are kept at the desk.
 * @returns `lost` when the client no longer has the one-time key: it was restarted, while it opened this document
 */
export async function openBids(
  session: SessionRecord,
  desk: DocumentDesk,
  onBid: OnBid,
  signal: AbortSignal,
): Promise<'whole' | { readonly lost: number | undefined }> {
  const { signing, id } = session;
  const { bids = [], opening, asked = [], keys = [] } = signing;
  if (opening === undefined) return { lost: undefined };
  const kept = desk.kept(id);
  const work = asked.flatMap((index, position) => {
    const bid = bids[index];
    const isThere = bid?.ok === true && bid.plain !== undefined && (!writes(session) || kept.has(index));
    return bid === undefined || isThere ? [] : [{ index, bid, key: keys[position] ?? null }];
  });
  const total = work.reduce((sum, { index }) => sum + sizeOf(session, index), 0);
  let before = 0;
  for (const { index, bid, key } of work) {
    const { recipients } = bid;
    const fail = (code: ErrorCode) => onBid(index, { ok: false, recipients, code });
    const size = sizeOf(session, index);
    const reached = before;
    const onProgress = (done: number, all: number) =>
      desk.report(id, { done: reached + (all === 0 ? 0 : (size * done) / all), total });
    before += size;
    if (key === null) {
      await fail('BID_KEY_NOT_OPENED');
      continue;
    }
    try {
      const opened = await openBid(
        session,
        desk,
        { index, opening: opening.id, key },
        { signal, onProgress },
      );
      const warnings = bid.ok ? bid.warnings : [];
      await onBid(index, { ok: true, recipients, warnings, ...opened });
    } catch (error) {
      if (signal.aborted) throw error;
      if (codeOf(error) === 'OPENING_UNKNOWN') return { lost: index };
      await fail(codeOf(error));
    }
  }
  return 'whole';
}

interface OneBid {
  readonly index: number;
  readonly opening: string;
  readonly key: string;
}

interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

function openBid(
  session: SessionRecord,
  desk: DocumentDesk,
  { index, opening, key }: OneBid,
  watched: Watched,
) {
  const { signal } = watched;
  return desk.withClient(bidJob(session, signal), async ({ client, files }) => {
    const file = files[index]?.file;
    if (file === undefined) throw new CodedError('FILE_UNKNOWN');
    const write = writes(session);
    const answer = await client.call('opening.open', { opening, file, key, write }, watched);
    if (write) {
      if (answer.file === undefined) throw new CodedError('CLIENT_PROTOCOL', 'no file');
      desk.keep(session.id, index, await receiveBlob(client, answer.file, { signal }));
      await client.call('file.drop', { file: answer.file }, { signal });
    }
    const { plain, encryptedAt } = answer;
    return { plain, ...(encryptedAt === undefined ? {} : { encryptedAt }) };
  });
}

function writes({ request }: SessionRecord): boolean {
  return request.scene === 'decrypt' && request.purpose === 'open';
}

function sizeOf({ signing }: SessionRecord, index: number): number {
  return signing.documents?.[index]?.size ?? 0;
}
