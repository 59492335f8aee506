import * as v from 'valibot';
import type { AbortSignalLike } from '../../../lib/abort-signal-like.ts';
import type { SiteChannel } from '../../../platforms/site/site-channel.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { PageReply, RelayedRequest } from '../../../protocol/page-messages.ts';
import { siteQuestions, type SiteQuestion, type SiteQuestionParams } from '../../../protocol/site-flow.ts';
import type { Asker } from '../../storage/session-record.ts';
import type { PageConnections } from './page-connections.ts';

/** One request of one page document. */
export type AskedPage = Pick<Asker, 'documentId' | 'requestId'>;

export type PageAnswer = Extract<RelayedRequest, { type: 'answer' }>;

/** What pages that run a platform's flow themselves are asked, and have not answered yet. */
export interface SiteQuestions {
  channel(page: AskedPage): SiteChannel;
  /** Takes what a document's content script passed on; what nobody asked changes nothing. */
  answer(documentId: string, answer: PageAnswer): void;
  /** The page's content script is on the line again: it may never have heard what is still open. */
  askAgain(page: AskedPage): void;
}

interface OpenQuestion {
  readonly documentId: string;
  readonly message: Extract<PageReply, { type: 'question' }>;
  readonly answered: (answer: PageAnswer) => void;
}

/** An open question of each kind is more than a session ever has. */
const mostOpen = 8;

export function createSiteQuestions(send: PageConnections['send'], randomId: () => string): SiteQuestions {
  const open = new Set<OpenQuestion>();

  const ofPage = ({ documentId, requestId }: AskedPage) =>
    [...open].filter((question) => question.documentId === documentId && question.message.id === requestId);

  function channel(page: AskedPage): SiteChannel {
    return {
      async ask(ask, params, signal) {
        const { documentId, requestId } = page;
        if (signal.aborted) throw new CodedError(codeOfAbort(signal));
        if (ofPage(page).length >= mostOpen) throw new CodedError('BRIDGE_INTERNAL', 'too many questions');
        const question = questionId(ask, params, randomId);
        const message = { type: 'question', id: requestId, question, ask, params } as const;
        send(documentId, message);
        const value = ask === 'cancel' ? {} : await answerTo({ documentId, message }, ask, signal);
        const decoded = v.safeParse(siteQuestions[ask].answer, value);
        if (!decoded.success) throw new CodedError('SITE_FLOW_PROTOCOL', `answer to ${ask} does not decode`);
        return decoded.output;
      },
    };
  }

  function answerTo(
    asked: Omit<OpenQuestion, 'answered'>,
    ask: SiteQuestion,
    signal: AbortSignalLike,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (code: ErrorCode) => finish(() => reject(new CodedError(code, ask)));
      const abort = () => fail(codeOfAbort(signal));
      const finish = (settle: () => void) => {
        open.delete(question);
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const question: OpenQuestion = {
        ...asked,
        answered: ({ failed, value }) => (failed ? fail('SITE_FLOW_FAILED') : finish(() => resolve(value))),
      };
      const timer =
        ask === 'state' ? undefined : setTimeout(() => fail('SITE_FLOW_TIMEOUT'), timeLimits.siteAnswer);
      signal.addEventListener('abort', abort);
      open.add(question);
    });
  }

  return {
    channel,
    answer(documentId, answer) {
      const asked = ofPage({ documentId, requestId: answer.id });
      for (const question of asked) {
        if (question.message.question === answer.question) question.answered(answer);
      }
    },
    askAgain(page) {
      for (const { documentId, message } of ofPage(page)) send(documentId, message);
    },
  };
}

/**
 * The same for the same question, so that the page answers it once although a restarted worker asks again. How a QR
 * stands is asked anew each time.
 */
function questionId<Q extends SiteQuestion>(
  ask: Q,
  params: SiteQuestionParams<Q>,
  randomId: () => string,
): string {
  if (ask === 'state') return `state-${randomId()}`;
  if ('openingId' in params) return `open-${params.openingId}`;
  return `${ask}-${params.businessId}`;
}

/** A bound that is over is the page's silence; any other end is nobody's fault. */
function codeOfAbort({ reason }: AbortSignalLike): ErrorCode {
  const isBound = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isBound ? 'SITE_FLOW_TIMEOUT' : 'REQUEST_ABORTED';
}
