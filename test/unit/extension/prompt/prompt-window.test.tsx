// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import { sessionStates } from '../../../../src/protocol/session-states.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';
import { PromptWindow } from '../../../../src/extension/prompt/prompt-window.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, findButton, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { otherSessionId, sessionId, sessionView } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];

beforeEach(() => {
  vi.useFakeTimers();
  document.title = '';
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(sessions?: readonly SessionView[], id = sessionId, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const client = createMockBackgroundClient(sessions && { sessions });
  const close = vi.fn<() => void>();
  await renderPage(<PromptWindow sessionId={id} client={client} close={close} />, locale);
  return { client, close };
}

const pass = (milliseconds: number): Promise<void> => settle(() => void vi.advanceTimersByTime(milliseconds));
const show = (client: MockBackgroundClient, ...sessions: SessionView[]): Promise<void> =>
  settle(() => client.show({ sessions }));
const other = (state: SessionView['state']): SessionView => sessionView(state, { id: otherSessionId });

test.each([
  ['an empty id', ''],
  ['no uuid', '"><script>'],
  ['an unknown id', otherSessionId],
])('a window for %s shows no session, though another one waits', async (_, id) => {
  const { close } = await open([sessionView('awaitingScan')], id);
  expect(document.querySelector('article')).toBeNull();
  expect(document.querySelector('.qr-code')).toBeNull();
  expect(element('h1').textContent).toBe(zh.prompt.ended);
  expect(document.activeElement).toBe(element('h1'));
  await press(zh.close);
  expect(close).toHaveBeenCalledOnce();
});

test('the window never shows another session than its own', async () => {
  const { client } = await open([sessionView('awaitingScan')]);
  await show(client, other('awaitingScan'));
  expect(document.querySelector('article')).toBeNull();
  await show(client, other('awaitingScan'), sessionView('scanned'));
  expect(element('article').dataset['session']).toBe(sessionId);
});

test('until the background speaks, nothing is claimed', async () => {
  await open();
  expect(pageText()).toBe(zh.product + zh.connecting);
});

for (const locale of ['zh-CN', 'en'] as const) {
  test.each(sessionStates)(`${locale}: the window's title says that it is %s`, async (state) => {
    await open([sessionView(state)], sessionId, locale);
    expect(document.title).toBe(`${element('.status-title').textContent} – ${uiTexts[locale].product}`);
  });
}

test('a window whose session succeeds says so and closes itself soon', async () => {
  const { client, close } = await open([sessionView('completing')]);
  await show(client, sessionView('succeeded'));
  expect(pageText()).toContain(zh.states.succeeded('').title);
  await pass(1_499);
  expect(close).not.toHaveBeenCalled();
  await pass(1);
  expect(close).toHaveBeenCalledOnce();
});

test.each(sessionStates.filter((state) => state !== 'succeeded'))(
  'a window does not close itself while %s',
  async (state) => {
    const { close } = await open([sessionView(state)]);
    await pass(600_000);
    expect(close).not.toHaveBeenCalled();
  },
);

test.each(['failed', 'cancelled', 'succeeded'] as const)(
  'a %s session stays to be read when the background has forgotten it',
  async (state) => {
    const { client } = await open([sessionView('completing')]);
    await show(client, sessionView(state));
    await show(client);
    expect(element('article').dataset['state']).toBe(state);
  },
);

test('a live session that the background no longer knows has ended', async () => {
  const { client } = await open([sessionView('awaitingScan')]);
  await show(client);
  expect(element('h1').textContent).toBe(zh.prompt.ended);
});

test('other waiting requests are counted, ended ones are not, and the oldest can be shown', async () => {
  const third = 'a3b0c4d5-1111-4222-8333-944455556666';
  const { client } = await open([
    other('failed'),
    sessionView('awaitingScan'),
    sessionView('preparing', { id: third }),
    sessionView('scanned', { id: 'b3b0c4d5-1111-4222-8333-944455556666' }),
  ]);
  expect(element('.others').textContent).toBe(zh.prompt.othersWaiting(2) + zh.prompt.showOther);
  await press(zh.prompt.showOther);
  expect(client.sent).toEqual([{ command: 'showSession', sessionId: third }]);
});

test('a single request is alone in its window', async () => {
  await open([sessionView('awaitingScan'), other('succeeded')]);
  expect(document.querySelector('.others')).toBeNull();
  expect(findButton(zh.prompt.showOther)).toBeUndefined();
});

test('a lost connection is told, and the session stays in sight', async () => {
  const { client } = await open([sessionView('awaitingScan')]);
  const snapshot = { sessions: [sessionView('awaitingScan')] };
  await settle(() => client.become({ connection: 'notResponding', snapshot }));
  expect(element('[role=alert]').textContent).toContain(
    errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].title,
  );
  expect(document.querySelector('article')).not.toBeNull();
  await settle(() => client.become({ connection: 'reloaded', snapshot }));
  expect(element('[role=alert]').textContent).toBe(zh.extensionReloaded);
});

test('a window that comes back to the front has its focus on the heading', async () => {
  await open([sessionView('awaitingScan')]);
  element('h1').blur();
  expect(document.activeElement).toBe(document.body);
  await settle(() => window.dispatchEvent(new Event('focus')));
  expect(document.activeElement).toBe(element('h1'));
});
