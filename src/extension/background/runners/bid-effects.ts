import { assertNever } from '../../../lib/assert-never.ts';
import { codeOf } from '../../../protocol/coded-error.ts';
import type { BidProgress, SessionRecord } from '../../storage/session-record.ts';
import { neededBytes } from '../bids/bid-results.ts';
import { encryptBids, judgeRecipients, type BidAudience } from '../bids/encrypt-bids.ts';
import { createOpening, openBids, prepareOpening } from '../bids/open-bids.ts';
import type { SessionEffect } from '../sessions/session-effects.ts';
import type { EffectTools } from './effect-runner.ts';
import { openingRequestOf, reachOf } from './relay-reach.ts';

type BidEffect = Extract<
  SessionEffect,
  {
    type:
      | 'judgeRecipients'
      | 'encryptBids'
      | 'createOpening'
      | 'prepareOpening'
      | 'readKeys'
      | 'watchOpening'
      | 'openBids'
      | 'requireBytes';
  }
>;

/** Carries out one step of `encrypt` or `decrypt`: with the client, or with the front server. */
export async function runBidEffect(
  tools: EffectTools,
  session: SessionRecord,
  effect: BidEffect,
  signal: AbortSignal,
): Promise<void> {
  const { id, relay, signing } = session;
  const { desk } = tools;
  switch (effect.type) {
    case 'judgeRecipients': {
      const recipients = await judgeRecipients(session, desk, await audienceOf(tools, session), signal);
      await tools.dispatch(id, { type: 'recipientsJudged', businessId: effect.businessId, recipients });
      return;
    }
    case 'encryptBids': {
      const receipts = await encryptBids(session, desk, await audienceOf(tools, session), signal);
      desk.report(id, undefined);
      await tools.dispatch(id, { type: 'encrypted', receipts });
      return;
    }
    case 'createOpening': {
      const opening = await createOpening(session, desk, signal);
      await tools.dispatch(id, { type: 'openingCreated', opening });
      return;
    }
    case 'prepareOpening': {
      const prepared = await prepareOpening(session, desk, await tools.trustFor(session), signal).catch(
        (error: unknown) => withoutKey(error, session),
      );
      if (prepared === undefined) return loseBytes(tools, id);
      await tools.dispatch(id, { type: 'openingPrepared', businessId: effect.businessId, ...prepared });
      return;
    }
    case 'readKeys': {
      if (relay === undefined || signing.identity === undefined || signing.asked === undefined) return;
      const { platform, environment } = await reachOf(tools, session);
      const request = openingRequestOf(session);
      const count = signing.asked.length;
      const keys = await platform.keys(relay, request, signing.identity, count, environment, signal);
      await tools.dispatch(id, { type: 'keysRead', businessId: effect.businessId, keys });
      return;
    }
    case 'watchOpening':
      await desk.untilGone(id, signal);
      if (!signal.aborted) await loseBytes(tools, id);
      return;
    case 'openBids': {
      const { businessId } = effect;
      const opened = await openBids(
        session,
        desk,
        (index, bid) => tools.dispatch(id, { type: 'bidOpened', businessId, index, bid }),
        signal,
      );
      desk.report(id, undefined);
      if (opened === 'whole') await tools.dispatch(id, { type: 'bidsOpened', businessId });
      else await loseBytes(tools, id, opened.lost);
      return;
    }
    case 'requireBytes':
      await hasBytes(tools, session);
      return;
    default:
      return assertNever(effect);
  }
}

/** False where bytes went with an earlier worker: the session then goes back to make them again. */
export async function hasBytes(tools: EffectTools, session: SessionRecord): Promise<boolean> {
  const kept = tools.desk.kept(session.id);
  if (neededBytes(session).every((index) => kept.has(index))) return true;
  await loseBytes(tools, session.id);
  return false;
}

async function loseBytes({ desk, dispatch }: EffectTools, id: string, during?: number): Promise<void> {
  await dispatch(id, { type: 'bytesLost', kept: [...desk.kept(id).keys()], during });
}

/** Of a question about a phone that has no certificate to encrypt to the answer is no; what else fails, fails. */
function withoutKey(error: unknown, { request, signing }: SessionRecord) {
  const code = codeOf(error);
  if (code === 'OPENING_UNKNOWN') return undefined;
  const isAnswer = request.scene === 'decrypt' && request.purpose === 'check';
  if (!isAnswer || code !== 'RECIPIENT_NOT_FOR_ENCRYPTION') throw error;
  const bids = (signing.bids ?? []).map((bid): BidProgress =>
    bid.ok ? { ok: false, recipients: bid.recipients, code } : bid,
  );
  return { bids, asked: [], requests: [] };
}

async function audienceOf(tools: EffectTools, session: SessionRecord): Promise<BidAudience> {
  return { trust: await tools.trustFor(session), deployment: await tools.furtherRecipients() };
}
