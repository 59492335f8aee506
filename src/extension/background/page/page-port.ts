import * as v from 'valibot';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { Locale } from '../../../protocol/errors.ts';
import { codeOf } from '../../../protocol/coded-error.ts';
import {
  relayedRequestSchema,
  type Capabilities,
  type PageReply,
  type RelayedRequest,
} from '../../../protocol/page-messages.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import { wireError } from '../../../protocol/wire-error.ts';
import { assertNever } from '../../../lib/assert-never.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { DismissalLimit } from './dismissal-limit.ts';
import type { AllowedPage } from './judge-sender.ts';
import type { ReplyToPage } from './page-connections.ts';

export interface PagePortParts {
  readonly service: SessionService;
  readonly dismissals: DismissalLimit;
  /** Once managed policy is read. */
  readonly capabilities: () => Promise<Capabilities>;
  readonly locale: Locale;
}

/** The replies that tell a page how a session stands: its state, and the outcome once there is one. */
export function repliesFor(session: SessionRecord, locale: Locale): readonly PageReply[] {
  const { requestId: id } = session.asker;
  const { outcome, state } = session;
  if (session.settled) return [];
  const replies: PageReply[] = [{ type: 'state', id, state }];
  if (outcome !== undefined) {
    replies.push(
      'error' in outcome
        ? { type: 'error', id, error: wireError(outcome.error, locale) }
        : { type: 'result', id, value: outcome.result },
    );
  }
  return replies;
}

/** Answers one message of an allowed page's content script. A message that does not decode changes nothing. */
export async function answerPage(
  message: unknown,
  page: AllowedPage,
  reply: ReplyToPage,
  parts: PagePortParts,
): Promise<void> {
  const decoded = v.safeParse(relayedRequestSchema, message);
  if (!decoded.success) return;
  const request = decoded.output;
  switch (request.type) {
    case 'request':
      return answerRequest(request, page, reply, parts);
    case 'cancel':
      return end(parts, page, request.id, 'REQUEST_ABORTED');
    case 'delivered': {
      const session = parts.service.findRequest(page.documentId, request.id);
      if (session !== undefined) await parts.service.dispatch(session.id, { type: 'settled' });
      return;
    }
    default:
      return assertNever(request);
  }
}

async function answerRequest(
  request: Extract<RelayedRequest, { type: 'request' }>,
  page: AllowedPage,
  reply: ReplyToPage,
  parts: PagePortParts,
): Promise<void> {
  const { id } = request;
  if (request.method === 'capabilities') {
    reply({ type: 'ack', id });
    reply({ type: 'result', id, value: await parts.capabilities() });
    return;
  }
  // A content script whose worker was stopped asks again, word for word: that is how a session finds its page.
  const known = parts.service.findRequest(page.documentId, id);
  if (known === undefined && parts.dismissals.isReached(page.origin)) {
    return refuse(reply, id, 'TOO_MANY_DISMISSALS', parts.locale);
  }
  try {
    const session = known ?? (await parts.service.begin({ ...page, requestId: id }, request.params));
    reply({ type: 'ack', id });
    const current = parts.service.find(session.id) ?? session;
    for (const message of repliesFor(current, parts.locale)) reply(message);
  } catch (error) {
    refuse(reply, id, codeOf(error), parts.locale);
  }
}

/** Refuses a request before there is a session for it. */
export function refuse(reply: ReplyToPage, id: string, code: ErrorCode, locale: Locale): void {
  reply({ type: 'error', id, error: wireError(code, locale) });
}

async function end(
  parts: PagePortParts,
  page: AllowedPage,
  requestId: string,
  code: 'REQUEST_ABORTED' | 'PAGE_GONE',
): Promise<void> {
  const session = parts.service.findRequest(page.documentId, requestId);
  if (session !== undefined) await parts.service.dispatch(session.id, { type: 'cancelled', code });
}

/** Ends what a page asked for that is gone, and counts as taken what it can no longer take. */
export async function abandon(service: SessionService, sessions: readonly SessionRecord[]): Promise<void> {
  for (const { id, state } of sessions) {
    if (!isEndState(state)) await service.dispatch(id, { type: 'cancelled', code: 'PAGE_GONE' });
    await service.dispatch(id, { type: 'settled' });
  }
}
