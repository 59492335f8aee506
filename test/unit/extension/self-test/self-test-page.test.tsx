// @vitest-environment happy-dom
import { Blob as NodeBlob } from 'node:buffer';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { PageReply, RelayedRequest } from '../../../../src/protocol/page-messages.ts';
import { pageRequestSchema } from '../../../../src/protocol/page-messages.ts';
import { pagePortName } from '../../../../src/protocol/page-wire-names.ts';
import type { Verdict } from '../../../../src/protocol/verification.ts';
import * as v from 'valibot';
import { SelfTestPage } from '../../../../src/extension/self-test/self-test-page.tsx';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { fakePdf } from '../documents/fake-pdf.ts';
import { element, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { wireError } from '../ui/session-view.ts';

interface FakePort {
  readonly sent: RelayedRequest[];
  hear(reply: PageReply): void;
  die(): void;
}

const fake = vi.hoisted(() => ({
  runtime: { connect: vi.fn<(info: { name: string }) => unknown>() },
  storage: { local: { get: async () => ({}) } },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));
vi.mock('../../../../src/extension/documents/open-pdf.ts', () => ({ openPdf: async () => fakePdf([{}]) }));

const zh = uiTexts['zh-CN'].selfTest;
let ports: FakePort[];

beforeEach(() => {
  ports = [];
  fake.runtime.connect.mockReset().mockImplementation(() => {
    const listeners: ((reply: PageReply) => void)[] = [];
    const losses: (() => void)[] = [];
    const sent: RelayedRequest[] = [];
    ports.push({
      sent,
      hear: (reply) => listeners.forEach((listener) => listener(reply)),
      die: () => losses.forEach((loss) => loss()),
    });
    return {
      postMessage: (message: RelayedRequest) => sent.push(message),
      disconnect: () => undefined,
      onMessage: { addListener: (listener: (reply: PageReply) => void) => listeners.push(listener) },
      onDisconnect: { addListener: (loss: () => void) => losses.push(loss) },
    };
  });
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  }
}

async function start(found = true, verdict: Verdict = 'valid') {
  const client = createMockBackgroundClient({ sessions: [] });
  client.answer('checkClients', [
    found
      ? { kind: 'signature', found, version: '1.0.0' }
      : { kind: 'signature', found, error: wireError('CLIENT_NOT_FOUND') },
  ]);
  client.answer('verifyFile', { kind: 'pdf', verdict, findings: [], signatures: [] });
  await renderPage(<SelfTestPage client={client} />);
  await press(zh.start);
  await settled();
  return client;
}

function copyWith(request: RelayedRequest | undefined, blob: NodeBlob): unknown {
  return JSON.parse(JSON.stringify(request), (key, value: unknown) => (key === 'blob' ? blob : value));
}

function lastPort(): FakePort {
  const port = ports.at(-1);
  if (port === undefined) throw new Error('no port was opened');
  return port;
}

const requestId = (): string => lastPort().sent[0]?.id ?? '';

async function hear(...replies: object[]): Promise<void> {
  const id = requestId();
  await settle(() => replies.forEach((reply) => lastPort().hear({ id, ...reply } as PageReply)));
  await settled();
}

const sealed = {
  outputs: [{ name: 'self-test.pdf', size: 4, sm3: 'a'.repeat(64), blob: new Blob(['%PDF']) }],
  signer: { name: '张三', serialNumber: '0a' },
};
const progress = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('.steps li')].map((step) => step.dataset['progress']);

test('without a client the test fails at once, with the remedy, and nothing is asked', async () => {
  await start(false);
  expect(pageText()).toContain(errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'].remedy);
  expect(progress()).toEqual(['failed', 'waiting', 'waiting', 'waiting', 'waiting']);
  expect(ports).toEqual([]);
});

test('the sample is sealed by the same message as a page’s, over its keyword', async () => {
  await start();
  expect(fake.runtime.connect).toHaveBeenCalledWith({ name: pagePortName });
  const [request] = lastPort().sent;
  // The emulated Blob has not the tag of a real one.
  const tagged = copyWith(request, new NodeBlob(['%PDF']));
  expect(v.safeParse(pageRequestSchema, tagged).success).toBe(true);
  expect(request).toMatchObject({
    method: 'seal',
    params: { documents: [{ places: [{ kind: 'keyword', text: 'SEAL HERE' }] }] },
  });
});

test('the steps follow the session, and a seal that verifies is a pass', async () => {
  const client = await start();
  expect(progress()).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting']);
  await hear({ type: 'ack' }, { type: 'state', state: 'awaitingScan' });
  expect(progress()).toEqual(['done', 'done', 'running', 'waiting', 'waiting']);
  await hear({ type: 'state', state: 'arranging' });
  expect(progress()).toEqual(['done', 'done', 'done', 'running', 'waiting']);
  await hear({ type: 'result', value: sealed });
  expect(progress()).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(lastPort().sent.at(-1)).toEqual({ type: 'delivered', id: requestId() });
  expect(client.sent.at(-1)).toMatchObject({ command: 'verifyFile', blob: sealed.outputs[0]?.blob });
  expect(pageText()).toContain(zh.passed.title);
  expect(element('.verdict').dataset['verdict']).toBe('valid');
});

test.each([
  ['invalid', zh.failed],
  ['cannotTell', zh.doubtful.title],
  ['validWithWarnings', zh.doubtful.title],
] as const)('a seal that is %s is no pass', async (verdict, words) => {
  await start(true, verdict);
  await hear({ type: 'ack' }, { type: 'result', value: sealed });
  expect(pageText()).toContain(words);
  expect(pageText()).not.toContain(zh.passed.title);
});

test('a refusal ends the test with its code, and the receipt is sent', async () => {
  await start();
  await hear({ type: 'ack' }, { type: 'error', error: wireError('SIGNER_EXPIRED') });
  expect(pageText()).toContain(errorCatalogue.SIGNER_EXPIRED.text['zh-CN'].title);
  expect(lastPort().sent.at(-1)).toMatchObject({ type: 'delivered' });
});

test('replies to other requests are not heard', async () => {
  await start();
  await settle(() => lastPort().hear({ type: 'result', id: 'another', value: sealed }));
  await settled();
  expect(progress()[1]).toBe('running');
});

test('a worker that was stopped is asked again, word for word', async () => {
  await start();
  await hear({ type: 'ack' });
  const [request] = lastPort().sent;
  await settle(() => lastPort().die());
  await vi.waitFor(() => expect(ports).toHaveLength(2));
  expect(lastPort().sent).toEqual([request]);
  await hear({ type: 'result', value: sealed });
  expect(pageText()).toContain(zh.passed.title);
});

test('stopping the test cancels the request', async () => {
  await start();
  await hear({ type: 'ack' });
  await press(zh.stop);
  await settled();
  expect(lastPort().sent.at(-1)).toEqual({ type: 'cancel', id: requestId() });
  expect(pageText()).toContain(errorCatalogue.USER_CANCELLED.text['zh-CN'].title);
});
