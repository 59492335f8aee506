// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { SessionOutput, SessionView } from '../../../../src/protocol/ui-messages.ts';
import { BidRequest } from '../../../../src/extension/prompt/bid-request.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { badFile, decryptView, encryptView, openedFile, receipt } from '../ui/bid-view.ts';
import {
  element,
  findButton,
  pageText,
  press,
  renderAgain,
  renderPage,
  settle,
} from '../ui/page-harness.tsx';
import { sessionId } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].bid;
const names = ['一.cabid', '二.cabid'];
const addresses = new Map<string, Blob>();

beforeEach(() => {
  vi.useFakeTimers();
  addresses.clear();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const address = `blob:extension/${addresses.size}`;
    addresses.set(address, blob as Blob);
    return address;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => void addresses.delete(address));
  // A page of the browser would download; here there is nowhere to go.
  document.addEventListener('click', stay);
});
afterEach(() => {
  document.removeEventListener('click', stay);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const stay = (event: Event): void => event.preventDefault();

const outputs = (...some: readonly string[]): SessionOutput[] =>
  some.map((name) => ({ name, blob: new Blob([name]) }));
const saving = (changes: Parameters<typeof encryptView>[1] = {}): SessionView =>
  encryptView('completing', { awaitsSaving: true, receipts: [receipt(1), receipt(2)], ...changes });
const delivered = encryptView('succeeded', { receipts: [receipt(1), receipt(2)] });

async function open(
  prepare: (client: MockBackgroundClient) => void = (client) =>
    client.answer('sessionOutputs', outputs(...names)),
  session = saving(),
) {
  const client = createMockBackgroundClient();
  prepare(client);
  const page = (view: SessionView) => <BidRequest session={view} client={client} close={() => undefined} />;
  await renderPage(page(session));
  await settle();
  const become = async (view: SessionView): Promise<void> => {
    await renderAgain(page(view));
    await settle();
  };
  return { client, become };
}

const links = (): HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>('.outputs a[download]'),
];
const save = (index: number): Promise<void> => settle(() => links()[index]?.click());
const pass = async (milliseconds: number): Promise<void> => {
  await settle(() => void vi.advanceTimersByTime(milliseconds));
  await settle();
};
const commands = (client: MockBackgroundClient): string[] => client.sent.map(({ command }) => command);

test.each([
  ['none of the files', []],
  ['fewer files than were written', outputs('一.cabid')],
])(
  'an answer with %s is no answer: nothing counts as saved, and they are asked for again',
  async (_, some) => {
    const { client } = await open((mock) => mock.answer('sessionOutputs', some));
    expect(links()).toEqual([]);
    expect(findButton(text.saving.done)).toBeUndefined();
    client.answer('sessionOutputs', outputs(...names));
    await pass(1_000);
    expect(links()).toHaveLength(2);
    expect(commands(client)).not.toContain('outputsSaved');
  },
);

test('a file whose bytes were lost on the way is a problem, not an empty download', async () => {
  await open((mock) =>
    mock.answer('sessionOutputs', [{ name: '一.cabid', blob: JSON.parse('{}') }, ...outputs('二.cabid')]),
  );
  expect(element('.bid [role=alert]').textContent).toContain(
    errorCatalogue.BRIDGE_INTERNAL.text['zh-CN'].title,
  );
  expect(links()).toEqual([]);
});

test('files that cannot be had are told with the reason, and come when they can', async () => {
  const { client } = await open((mock) => mock.refuse('sessionOutputs', 'BRIDGE_NOT_RESPONDING'));
  expect(element('.bid [role=alert]').textContent).toContain(
    errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].title,
  );
  client.answer('sessionOutputs', outputs(...names));
  await pass(1_000);
  expect(links()).toHaveLength(2);
});

test('each file is a link of its own name to its own bytes', async () => {
  await open();
  expect(links().map(({ download }) => download)).toEqual(names);
  expect(links().map((link) => link.getAttribute('aria-label'))).toEqual(
    names.map((name) => `${text.saving.save} ${name}`),
  );
  const bytes = links().map((link) => addresses.get(link.getAttribute('href') ?? '')?.text());
  expect(await Promise.all(bytes)).toEqual(names);
});

test('one saved of two is marked, and the session goes on waiting', async () => {
  const { client } = await open();
  await save(0);
  expect(element('[data-saved=true]').textContent).toContain(text.saving.given);
  expect(pageText()).toContain(text.saving.unsaved(1));
  expect(commands(client)).toEqual(['sessionOutputs']);
});

test('once every file was saved the session goes on by itself', async () => {
  const { client } = await open();
  await save(1);
  await save(0);
  expect(client.sent.at(-1)).toEqual({ command: 'outputsSaved', sessionId });
});

test('the same file saved twice is not two', async () => {
  const { client } = await open();
  await save(0);
  await save(0);
  expect(commands(client)).not.toContain('outputsSaved');
});

test('one press saves all, one after the other', async () => {
  const { client } = await open();
  const pressed = vi.fn<(event: Event) => void>();
  document.addEventListener('click', pressed);
  await press(text.saving.all);
  expect(document.querySelectorAll('[data-saved=true]')).toHaveLength(1);
  await pass(300);
  document.removeEventListener('click', pressed);
  const saved = pressed.mock.calls.map(([{ target }]) => target);
  expect(saved.filter((target) => target instanceof HTMLAnchorElement)).toEqual(links());
  expect(commands(client)).toContain('outputsSaved');
});

test('the user may say that all are saved; what that means for the rest is said before', async () => {
  const { client } = await open();
  expect(pageText()).toContain(text.saving.unsaved(2));
  await press(text.saving.done);
  expect(client.sent.at(-1)).toEqual({ command: 'outputsSaved', sessionId });
});

test('a single file has no button for all', async () => {
  await open((mock) => mock.answer('sessionOutputs', outputs('一.cabid')), saving({ receipts: [receipt()] }));
  expect(findButton(text.saving.all)).toBeUndefined();
  expect(findButton(text.saving.done)).toBeDefined();
});

test('until the window closes, what did not get saved can be saved again', async () => {
  const { become } = await open();
  await press(text.saving.done);
  await become(delivered);
  expect(links().map(({ download }) => download)).toEqual(names);
  expect(addresses.size).toBe(2);
  expect(pageText()).toContain(text.saving.again);
  expect(document.querySelectorAll('.receipt')).toHaveLength(2);
});

test('files of a session that goes back to work are dropped, and the new ones are waited for', async () => {
  const { client, become } = await open();
  await save(0);
  await become(encryptView('confirmed'));
  expect(addresses.size).toBe(0);
  client.answer('sessionOutputs', outputs('新一.cabid', '新二.cabid'));
  await become(saving());
  expect(links().map(({ download }) => download)).toEqual(['新一.cabid', '新二.cabid']);
  expect(document.querySelector('[data-saved=true]')).toBeNull();
});

test('files that go back to the page are not asked for', async () => {
  const { client } = await open(undefined, saving({ awaitsSaving: false }));
  expect(client.sent).toEqual([]);
  expect(links()).toEqual([]);
});

test('of decrypted files the two that failed stay named beside the one to save', async () => {
  const files = [openedFile(1), badFile('BID_DAMAGED'), badFile('BID_LENGTH_WRONG')];
  await open(
    (mock) => mock.answer('sessionOutputs', outputs('投标文件.pdf')),
    decryptView('completing', files, { awaitsSaving: true }),
  );
  expect(links()).toHaveLength(1);
  expect(element('.status-title').textContent).toBe(text.decryption.results.open.some(1, 3).title);
  expect(document.querySelectorAll('[data-file=bad]')).toHaveLength(2);
  expect(pageText()).toContain(text.saving.plaintext);
});
