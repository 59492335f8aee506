// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import type { UiSnapshot } from '../../../../src/protocol/ui-messages.ts';
import { ToolbarPopup } from '../../../../src/extension/popup/toolbar-popup.tsx';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { mirrorId, mirrorView, otherMirrorId, site } from '../ui/mirror-view.ts';
import { element, findButton, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { sessionView } from '../ui/session-view.ts';

const fake = vi.hoisted(() => ({
  tabs: { query: async () => [], create: async () => undefined },
  runtime: {
    getURL: (path: string) => path,
    openOptionsPage: vi.fn<() => Promise<void>>(async () => undefined),
  },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const zh = uiTexts['zh-CN'];
const text = zh.mirror.popup;

beforeEach(() => void fake.runtime.openOptionsPage.mockClear());

async function open(snapshot: UiSnapshot) {
  const client = createMockBackgroundClient(snapshot);
  await renderPage(<ToolbarPopup client={client} />);
  for (let turn = 0; turn < 5; turn += 1) await settle();
  return client;
}

test('the only prompt is the first thing in the popup, its window one press away', async () => {
  const client = await open({ sessions: [], mirrors: [mirrorView()] });
  expect(element('main section').className).toContain('found');
  expect(pageText()).toContain(zh.mirror.scenes.login.action);
  expect(element('.found .button-primary').textContent).toBe(text.open);
  await press(text.open);
  expect(client.sent).toContainEqual({ command: 'showMirror', mirrorId });
});

test('of several prompts each has a button that names it', async () => {
  const decrypt = mirrorView({ id: otherMirrorId, scene: 'decrypt', state: 'expired' });
  const client = await open({ sessions: [], mirrors: [mirrorView(), decrypt] });
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.found button')];
  expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
    text.of(text.open, '登录', site),
    text.of(text.open, '解密', site),
  ]);
  expect(pageText()).toContain(text.stateOf.expired);
  await settle(() => buttons[1]?.click());
  expect(client.sent).toContainEqual({ command: 'showMirror', mirrorId: otherMirrorId });
});

test('prompts that have gone are none', async () => {
  await open({ sessions: [], mirrors: [mirrorView({ state: 'gone' })] });
  expect(document.querySelector('.found')).toBeNull();
});

test('a QR that leads elsewhere is not named as the login that it pretends to be', async () => {
  const qr = { content: 'x', trust: 'foreign', host: 'pay.example.com' } as const;
  await open({ sessions: [], mirrors: [mirrorView({ qr })] });
  expect(element('.found').textContent).not.toContain(zh.mirror.scenes.login.name);
  expect(element('.found').textContent).toContain(text.stateOf.foreign);
});

test('a prompt without a QR leads to what to do', async () => {
  await open({ sessions: [], mirrors: [mirrorView({ kind: 'driverMissing', scene: 'unknown' })] });
  expect(pageText()).toContain(zh.mirror.kinds.driverMissing.state.title);
  expect(findButton(text.help)).toBeDefined();
});

test('a session that waits comes before what was found', async () => {
  const client = await open({ sessions: [sessionView('awaitingScan')], mirrors: [mirrorView()] });
  const order = element('article').compareDocumentPosition(element('.found'));
  expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(client.sent).toEqual([]);
});

test('a window that cannot be opened says why', async () => {
  const client = await open({ sessions: [], mirrors: [mirrorView()] });
  client.refuse('showMirror', 'WINDOW_UNAVAILABLE');
  await press(text.open);
  expect(document.querySelector('.found [role=alert]')).not.toBeNull();
});

test.each([[[]], [[sessionView('awaitingScan')]]])(
  'a local service in use is shown with site and address, whatever else goes on',
  async (sessions) => {
    const addresses = ['wss://127.0.0.1:21061/xtxapp/'];
    await open({ sessions, localServices: [{ origin: 'https://a.example.cn', tabId: 3, addresses }] });
    const notice = element('.local-service').textContent;
    for (const part of [text.localService, 'https://a.example.cn', ...addresses])
      expect(notice).toContain(part);
  },
);

test('no local service, no word of it', async () => {
  await open({ sessions: [], localServices: [] });
  expect(document.querySelector('.local-service')).toBeNull();
});

test('the options open as the browser opens them', async () => {
  const close = vi.spyOn(window, 'close').mockReturnValue();
  await open({ sessions: [] });
  await press(zh.popup.options);
  await settle();
  expect(fake.runtime.openOptionsPage).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalledOnce();
  close.mockRestore();
});
