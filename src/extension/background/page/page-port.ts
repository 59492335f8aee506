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
import { requestIdPattern } from '../../../protocol/page-wire-names.ts';
import { assertNever } from '../../../lib/assert-never.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { splitRequest } from './split-request.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { DismissalLimit } from './dismissal-limit.ts';
import type { AllowedPage } from './judge-sender.ts';
import type { ReplyToPage } from './page-connections.ts';
import type { SiteQuestions } from './site-questions.ts';

export interface PagePortParts {
  readonly service: SessionService;
  readonly dismissals: DismissalLimit;
  /** Once managed policy is read. */
  readonly capabilities: () => Promise<Capabilities>;
  readonly locale: Locale;
  readonly desk: DocumentDesk;
  /** The bytes of the documents that a session has written. */
  readonly writtenDocuments: (session: SessionRecord) => Promise<object>;
  readonly siteQuestions: Pick<SiteQuestions, 'answer' | 'askAgain'>;
  /** False while the user still has to save, or bytes have to be made again. */
  readonly isReady: (session: SessionRecord) => boolean;
}

/**
 * The replies that tell a page how a session stands: its state, and the outcome once there is one and `isReady`.
 * `documents` gives the bytes of written documents.
 */
export async function repliesFor(
  session: SessionRecord,
  locale: Locale,
  documents: (session: SessionRecord) => Promise<object>,
  isReady: (session: SessionRecord) => boolean,
): Promise<readonly PageReply[]> {
  const { requestId: id } = session.asker;
  const { outcome, state } = session;
  if (session.settled) return [];
  const replies: PageReply[] = [{ type: 'state', id, state }];
  if (outcome === undefined || !isReady(session)) return replies;
  if ('error' in outcome) return [...replies, { type: 'error', id, error: wireError(outcome.error, locale) }];
  if ('done' in outcome) return [...replies, { type: 'result', id, value: {} }];
  const value = 'result' in outcome ? outcome.result : await documents(session);
  return [...replies, { type: 'result', id, value }];
}

/** Answers one message of an allowed page's content script. A message that does not decode begins nothing. */
export async function answerPage(
  message: unknown,
  page: AllowedPage,
  reply: ReplyToPage,
  parts: PagePortParts,
): Promise<void> {
  const decoded = v.safeParse(relayedRequestSchema, message);
  if (!decoded.success) return refuseUnreadable(message, reply, parts.locale);
  const request = decoded.output;
  switch (request.type) {
    case 'request':
      return answerRequest(request, page, reply, parts);
    case 'answer':
      return parts.siteQuestions.answer(page.documentId, request);
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
    const split = splitRequest(request);
    const hold = (sessionId: string) => parts.desk.hold(sessionId, split.documents);
    if (known !== undefined) hold(known.id);
    const session = known ?? (await parts.service.begin({ ...page, requestId: id }, split.request, hold));
    reply({ type: 'ack', id });
    if (known !== undefined) parts.siteQuestions.askAgain(known.asker);
    const current = parts.service.find(session.id) ?? session;
    for (const message of await repliesFor(current, parts.locale, parts.writtenDocuments, parts.isReady)) {
      reply(message);
    }
  } catch (error) {
    refuse(reply, id, codeOf(error), parts.locale);
  }
}

const requestSchema = v.object({
  type: v.literal('request'),
  id: v.pipe(v.string(), v.regex(requestIdPattern)),
  params: v.record(v.string(), v.unknown()),
});

/**
 * A request that begins nothing. The content script lets files through as files alone: one that arrives as anything
 * else has lost its bytes on the way, for the browser writes extension messages as JSON, as those before version 148 do.
 */
function refuseUnreadable(message: unknown, reply: ReplyToPage, locale: Locale): void {
  const request = v.safeParse(requestSchema, message);
  if (!request.success) return;
  const { id, params } = request.output;
  refuse(reply, id, hasLostFiles(params) ? 'BROWSER_TOO_OLD' : 'BAD_REQUEST', locale);
}

function hasLostFiles({ document, documents }: Readonly<Record<string, unknown>>): boolean {
  const handed = Array.isArray(documents) ? documents : [document];
  return handed.some((one: unknown) => v.is(lostFileSchema, one));
}

const lostFileSchema = v.object({ blob: v.custom((blob) => !(blob instanceof Blob)) });

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
