import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import {
  createSiteQuestions,
  type PageAnswer,
  type SiteQuestions,
} from '../../../../src/extension/background/page/site-questions.ts';
import { timeLimits } from '../../../../src/protocol/limits.ts';
import type { PageReply } from '../../../../src/protocol/page-messages.ts';

type Question = Extract<PageReply, { type: 'question' }>;

const page = { documentId: 'document-1', requestId: 'request-1' };
const never = (): AbortSignal => new AbortController().signal;
const request = { scene: 'login', documents: [] } as const;
const openParams = { request: { ...request, documents: [] }, openingId: 'opening-1' };
const shown = { businessId: 'qr-1', qr: 'https://app.ebinterlink.com/s' };

let sent: { documentId: string; message: PageReply }[];
let questions: SiteQuestions;
let ids: number;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, ids] = [[], 0];
  questions = createSiteQuestions(
    (documentId, message) => void sent.push({ documentId, message }),
    () => `random-${(ids += 1)}`,
  );
});
afterEach(() => vi.useRealTimers());

const lastQuestion = (): Question => {
  const message = sent.at(-1)?.message;
  return message?.type === 'question' ? message : expect.fail('nothing was asked');
};
const say = (answer: Partial<PageAnswer>, documentId = page.documentId) =>
  questions.answer(documentId, {
    type: 'answer',
    id: page.requestId,
    question: lastQuestion().question,
    ...answer,
  });
const ask = (signal: AbortSignal = never()) => questions.channel(page).ask('open', openParams, signal);

/** What has become of `work` by now. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  const outcome = vi.fn<(value: unknown) => void>();
  work.then(outcome, outcome);
  await vi.advanceTimersByTimeAsync(0);
  return outcome.mock.calls[0]?.[0] ?? 'waiting';
}

it('asks the page of the request, and gives what it answers', async () => {
  const answered = ask();
  expect(sent).toEqual([
    {
      documentId: 'document-1',
      message: {
        type: 'question',
        id: 'request-1',
        question: 'open-opening-1',
        ask: 'open',
        params: openParams,
      },
    },
  ]);
  say({ value: shown });
  await expect(answered).resolves.toEqual(shown);
});

describe('what is no answer', () => {
  test.each<[what: string, answer: Partial<PageAnswer>, documentId?: string]>([
    ['to a question never asked', { question: 'open-opening-2', value: shown }],
    ['of another request', { id: 'request-2', value: shown }],
    ['of another document', { value: shown }, 'document-2'],
  ])('%s changes nothing', async (_what, answer, documentId) => {
    const answered = ask();
    say(answer, documentId);
    expect(await outcomeOf(answered)).toBe('waiting');
  });

  it('before anything was asked changes nothing', () => {
    const answer: PageAnswer = { type: 'answer', id: 'request-1', question: 'open-opening-1', value: shown };
    expect(() => questions.answer('document-1', answer)).not.toThrow();
  });

  it('after the end changes nothing', async () => {
    const end = new AbortController();
    const answered = outcomeOf(ask(end.signal));
    end.abort();
    say({ value: shown });
    expect(await answered).toMatchObject({ code: 'REQUEST_ABORTED' });
  });

  it('twice: the first counts', async () => {
    const answered = ask();
    say({ value: shown });
    say({ value: { ...shown, businessId: 'qr-2' } });
    await expect(answered).resolves.toMatchObject({ businessId: 'qr-1' });
  });
});

describe('an answer that does not decode is an error of the site', () => {
  test.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['text', 'qr-1'],
    ['a business id with markup', { ...shown, businessId: '<b>' }],
    ['a business id of 65 characters', { ...shown, businessId: 'x'.repeat(65) }],
    ['no QR', { businessId: 'qr-1' }],
    ['an empty QR', { ...shown, qr: '' }],
    ['a QR that no QR can hold', { ...shown, qr: 'x'.repeat(4_297) }],
    ['an end before the beginning', { ...shown, expiresIn: 0 }],
    ['an end in a year', { ...shown, expiresIn: 31_536_000 }],
    ['something more', { ...shown, result: 'succeeded' }],
  ])('%s', async (_what, value) => {
    const answered = outcomeOf(ask());
    say({ value });
    expect(await answered).toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });

  it('a state that nobody knows', async () => {
    const answered = outcomeOf(
      questions.channel(page).ask('state', { businessId: 'qr-1', after: 'waiting' }, never()),
    );
    say({ value: { state: 'succeeded' } });
    expect(await answered).toMatchObject({ code: 'SITE_FLOW_PROTOCOL' });
  });
});

describe('a page that does not answer', () => {
  it('has its time, and then the request has a code', async () => {
    const ended = vi.fn<(error: unknown) => void>();
    ask().catch(ended);
    await vi.advanceTimersByTimeAsync(timeLimits.siteAnswer - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledWith(expect.objectContaining({ code: 'SITE_FLOW_TIMEOUT' }));
  });

  it('may take as long as the user takes to scan', async () => {
    const answered = questions.channel(page).ask('state', { businessId: 'qr-1', after: 'waiting' }, never());
    await vi.advanceTimersByTimeAsync(timeLimits.scan);
    say({ value: { state: 'scanned' } });
    await expect(answered).resolves.toEqual({ state: 'scanned' });
  });

  it('is silent, too, where a shorter bound is over', async () => {
    vi.useRealTimers();
    await expect(ask(AbortSignal.timeout(1))).rejects.toMatchObject({ code: 'SITE_FLOW_TIMEOUT' });
  });

  it('is not waited for by what nobody waits for', async () => {
    await questions.channel(page).ask('cancel', { businessId: 'qr-1' }, never());
    expect(lastQuestion().ask).toBe('cancel');
    questions.askAgain(page);
    expect(sent).toHaveLength(1);
  });
});

it('says so where the page’s own work failed', async () => {
  const answered = outcomeOf(ask());
  say({ failed: true });
  expect(await answered).toMatchObject({ code: 'SITE_FLOW_FAILED' });
});

it('asks nothing for what has ended', async () => {
  await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  expect(sent).toEqual([]);
});

it('keeps no more open than a request can have', async () => {
  const channel = questions.channel(page);
  const open = Array.from({ length: 8 }, () =>
    channel.ask('state', { businessId: 'qr-1', after: 'waiting' }, never()),
  );
  await expect(ask()).rejects.toMatchObject({ code: 'BRIDGE_INTERNAL' });
  expect(open).toHaveLength(8);
});

describe('a page that is on the line again', () => {
  it('is asked again what it has not answered, word for word', async () => {
    void ask();
    const [first] = sent;
    questions.askAgain(page);
    expect(sent).toEqual([first, first]);
  });

  it('is asked nothing that it has answered', async () => {
    const answered = ask();
    say({ value: shown });
    await answered;
    questions.askAgain(page);
    expect(sent).toHaveLength(1);
  });

  it('is asked nothing of another request', () => {
    void ask();
    questions.askAgain({ ...page, requestId: 'request-2' });
    questions.askAgain({ ...page, documentId: 'document-2' });
    expect(sent).toHaveLength(1);
  });
});

describe('a question has the same id in every worker', () => {
  const later = (send: (message: PageReply) => void) =>
    createSiteQuestions(
      (_documentId, message) => send(message),
      () => `later-${(ids += 1)}`,
    ).channel(page);

  test.each([
    ['open', openParams],
    ['identity', { businessId: 'qr-1' }],
    ['submit', { businessId: 'qr-1', toBeSigned: [] }],
    ['signatures', { businessId: 'qr-1' }],
    ['envelopes', { businessId: 'qr-1', envelopes: [] }],
    ['keys', { businessId: 'qr-1' }],
  ] as const)('%s', (question, params) => {
    void questions.channel(page).ask(question, params as never, never());
    const again: PageReply[] = [];
    void later((message) => again.push(message)).ask(question, params as never, never());
    expect(again).toEqual([lastQuestion()]);
  });

  it('but how a QR stands is asked anew', () => {
    const params = { businessId: 'qr-1', after: 'waiting' } as const;
    void questions.channel(page).ask('state', params, never());
    const again: PageReply[] = [];
    void later((message) => again.push(message)).ask('state', params, never());
    expect(again).not.toEqual([lastQuestion()]);
  });

  it('and another id for another QR', () => {
    void questions.channel(page).ask('identity', { businessId: 'qr-1' }, never());
    const first = lastQuestion().question;
    void questions.channel(page).ask('identity', { businessId: 'qr-2' }, never());
    expect(lastQuestion().question).not.toBe(first);
  });
});
