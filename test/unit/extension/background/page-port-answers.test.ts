import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDismissalLimit } from '../../../../src/extension/background/page/dismissal-limit.ts';
import {
  answerPage,
  repliesFor,
  type PagePortParts,
} from '../../../../src/extension/background/page/page-port.ts';
import type { ReplyToPage } from '../../../../src/extension/background/page/page-connections.ts';
import type { PageAnswer, SiteQuestions } from '../../../../src/extension/background/page/site-questions.ts';
import { splitRequest } from '../../../../src/extension/background/page/split-request.ts';
import { hostileParameters, misshapenMessages } from '../../../fixtures/hostile-page-messages.ts';
import { newSession } from '../../../../src/extension/background/sessions/session-machine.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';

const page = { origin: 'https://ggzy.zhanjiang.gov.cn', tabId: 1, documentId: 'document-1' };
const asker = { ...page, requestId: 'request-1' };
const params = { site: { platform: 'zhongzhao-hulian' } } as const;
const request = { type: 'request', id: 'request-1', method: 'showLogin', params } as const;
const session: SessionRecord = newSession(
  { id: 'session-1', asker, request: { scene: 'login', params }, driver: 'site' },
  0,
);

let answered: [documentId: string, answer: PageAnswer][];
let askedAgain: unknown[];
let known: SessionRecord | undefined;
let parts: PagePortParts;

beforeEach(() => {
  [answered, askedAgain, known] = [[], [], undefined];
  const siteQuestions: Pick<SiteQuestions, 'answer' | 'askAgain'> = {
    answer: (documentId, answer) => void answered.push([documentId, answer]),
    askAgain: (asked) => void askedAgain.push(asked),
  };
  parts = {
    service: {
      all: () => [],
      find: () => known,
      findRequest: () => known,
      lastOutcome: () => undefined,
      begin: () => Promise.resolve(session),
      dispatch: () => Promise.resolve(true),
      resume: () => undefined,
    },
    dismissals: createDismissalLimit(Date.now),
    capabilities: () => Promise.reject(new Error('not asked for')),
    locale: 'en',
    desk: { hold: () => undefined } as unknown as PagePortParts['desk'],
    writtenDocuments: () => Promise.reject(new Error('nothing is written')),
    siteQuestions,
    isReady: () => true,
  };
});

const say = (message: unknown) => answerPage(message, page, vi.fn(), parts);
const answer = {
  type: 'answer',
  id: 'request-1',
  question: 'open-1',
  value: { businessId: 'qr-1' },
} as const;

describe('an answer of a page', () => {
  it('comes with the document that the browser vouches for', async () => {
    await say(answer);
    expect(answered).toEqual([['document-1', answer]]);
  });

  it.each([
    ['of another shape', { ...answer, value: undefined, code: 'OK' }],
    ['with a file in it', { ...answer, value: new Blob(['x']) }],
    ['too large', { ...answer, value: 'x'.repeat(9_000_000) }],
    ['to no question', { ...answer, question: '' }],
  ])('%s comes no further', async (_what, message) => {
    await say(message);
    expect(answered).toEqual([]);
  });
});

it('a request that comes again has its questions asked again', async () => {
  known = session;
  await say(request);
  expect(askedAgain).toEqual([expect.objectContaining({ documentId: 'document-1', requestId: 'request-1' })]);
});

it('a request that is new has no questions yet', async () => {
  await say(request);
  expect(askedAgain).toEqual([]);
});

it('a login that the site runs itself ends with nothing for the page', async () => {
  const done: SessionRecord = { ...session, state: 'completing', outcome: { done: true } };
  const documents = () => Promise.reject(new Error('there are none'));
  expect(await repliesFor(done, 'en', documents, () => true)).toEqual([
    { type: 'state', id: 'request-1', state: 'completing' },
    { type: 'result', id: 'request-1', value: {} },
  ]);
});

it('a login to show is a login, and keeps whose flow it is', () => {
  expect(splitRequest(request)).toEqual({ request: { scene: 'login', params }, documents: [] });
});

describe('a request that does not decode', () => {
  let begun: number;
  beforeEach(() => {
    begun = 0;
    parts = {
      ...parts,
      service: { ...parts.service, begin: () => ((begun += 1), Promise.resolve(session)) },
    };
  });

  it.each([...misshapenMessages, ...hostileParameters])('$kind begins nothing', async ({ message }) => {
    await say(message);
    expect(begun).toBe(0);
  });

  it.each(hostileParameters)('$kind is answered with BAD_REQUEST', async ({ message }) => {
    const reply = vi.fn<ReplyToPage>();
    await answerPage(message, page, reply, parts);
    expect(reply.mock.calls).toMatchObject([
      [{ type: 'error', id: 'hostile-1', error: { code: 'BAD_REQUEST' } }],
    ]);
  });

  it('says of files that were lost on the way that the browser is too old', async () => {
    const reply = vi.fn<ReplyToPage>();
    const lost = { form: 'attached', isText: false, document: { name: 'a.txt', blob: {} } };
    await answerPage({ ...request, method: 'signMessage', params: lost }, page, reply, parts);
    expect(reply.mock.calls).toMatchObject([[{ type: 'error', error: { code: 'BROWSER_TOO_OLD' } }]]);
  });
});
