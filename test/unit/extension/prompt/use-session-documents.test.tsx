// @vitest-environment happy-dom
import type { VNode } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import type { SessionDocuments } from '../../../../src/protocol/ui-messages.ts';
import { useSessionDocuments } from '../../../../src/extension/prompt/use-session-documents.ts';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { renderAgain, renderPage, settle } from '../ui/page-harness.tsx';
import { sessionView } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let known: SessionDocuments | undefined;

function Probe({ client, state }: { client: MockBackgroundClient; state: SessionState }): VNode | null {
  known = useSessionDocuments(client, sessionView(state, { scene: 'signature' }));
  return null;
}

const documents = (blob?: Blob): SessionDocuments => ({
  documents: [{ name: 'a.pdf', ...(blob === undefined ? {} : { blob }), places: [], isText: false }],
  seals: [],
});

async function open(prepare: (client: MockBackgroundClient) => void) {
  const client = createMockBackgroundClient();
  prepare(client);
  await renderPage(<Probe client={client} state="awaitingScan" />);
  await settle();
  const pass = async (milliseconds: number): Promise<void> => {
    await settle(() => void vi.advanceTimersByTime(milliseconds));
    await settle();
  };
  return { client, pass };
}

test('a refusal is not the end: it is asked again, with a pause', async () => {
  const { client, pass } = await open((mock) => mock.refuse('sessionDocuments', 'BRIDGE_NOT_RESPONDING'));
  await pass(999);
  expect(client.sent).toHaveLength(1);
  client.answer('sessionDocuments', documents(new Blob(['%PDF'])));
  await pass(1);
  expect(known?.documents[0]?.blob).toBeDefined();
  await pass(60_000);
  expect(client.sent).toHaveLength(2);
});

test('a document that the page has yet to hand over is asked for until it is there', async () => {
  const { client, pass } = await open((mock) => mock.answer('sessionDocuments', documents()));
  expect(known?.documents[0]?.name).toBe('a.pdf');
  client.answer('sessionDocuments', documents(new Blob(['%PDF'])));
  await pass(1_000);
  expect(known?.documents[0]?.blob).toBeDefined();
});

test('a document that came once stays the same, also when the background has lost it', async () => {
  const first = new Blob(['%PDF']);
  const { client } = await open((mock) => mock.answer('sessionDocuments', documents(first)));
  client.answer('sessionDocuments', documents(new Blob(['%PDF'])));
  await renderAgain(<Probe client={client} state="scanned" />);
  await settle();
  expect(known?.documents[0]?.blob).toBe(first);
  client.answer('sessionDocuments', documents());
  await renderAgain(<Probe client={client} state="signing" />);
  await settle();
  expect(known?.documents[0]?.blob).toBe(first);
});

test('nothing is asked for after the end', async () => {
  const { client, pass } = await open((mock) => mock.answer('sessionDocuments', documents()));
  await renderAgain(<Probe client={client} state="failed" />);
  const asked = client.sent.length;
  await pass(60_000);
  expect(client.sent).toHaveLength(asked);
});
