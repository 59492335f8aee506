// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pageLimits } from '../../../../src/protocol/page-limits.ts';
import type { MirrorView } from '../../../../src/protocol/mirror-view.ts';
import { promptScenes } from '../../../../src/protocol/prompt-kinds.ts';
import { qrMatrix, qrPath } from '../../../../src/extension/ui/qr-matrix.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { mirroredQr, mirrorId, mirrorView, otherMirrorId, site } from '../ui/mirror-view.ts';
import { element, findButton, pageText, press, settle } from '../ui/page-harness.tsx';
import { sessionView } from '../ui/session-view.ts';
import { openMirror, showMirrors } from './mirror-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];
const text = zh.mirror;

beforeEach(() => {
  vi.useFakeTimers();
  document.title = '';
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number): Promise<void> => settle(() => void vi.advanceTimersByTime(milliseconds));
const shape = (): string | undefined => element('article').dataset['shape'];
const shownCode = (): string | null | undefined => document.querySelector('.qr-code path')?.getAttribute('d');
const codeOf = (content: string): string => qrPath(qrMatrix(content));
const foreign = (content = 'https://pay.example.com/x'): MirrorView =>
  mirrorView({ qr: { content, trust: 'foreign', host: 'pay.example.com' } });

test.each([
  ['an empty id', ''],
  ['no uuid', '"><script>'],
  ['an unknown id', otherMirrorId],
])('a window for %s shows no prompt, though another one was found', async (_, id) => {
  const { close } = await openMirror([mirrorView()], id);
  expect(document.querySelector('article')).toBeNull();
  expect(document.querySelector('.qr-code')).toBeNull();
  await pass(pageLimits.promptGone * 2);
  expect(close).not.toHaveBeenCalled();
});

test('a QR that leads elsewhere is not shown as a prompt: its host is named, and no app is', async () => {
  await openMirror([foreign()]);
  expect(shape()).toBe('foreign');
  expect(document.querySelector('.qr-code')).toBeNull();
  expect(findButton(zh.qr.enlarge)).toBeUndefined();
  expect(pageText()).toContain('pay.example.com');
  expect(element('h1').textContent).toBe(text.foreign.name);
  expect(document.querySelector('.platform-fixed')).toBeNull();
  expect(pageText()).not.toContain(text.nextHeading);
});

test('a QR that leads elsewhere is shown to who asks for it, with the warning, and hidden again', async () => {
  await openMirror([foreign()]);
  await press(text.foreign.show);
  expect(shownCode()).toBe(codeOf('https://pay.example.com/x'));
  expect(element('.foreign [role=alert]').textContent).toBe(text.foreign.shownAnyway);
  expect(element('.qr-code').getAttribute('aria-label')).toBe(text.foreign.qrName);
  await press(text.foreign.hide);
  expect(document.querySelector('.qr-code')).toBeNull();
});

test('to have asked for one foreign QR does not show the next one', async () => {
  const { client } = await openMirror([foreign()]);
  await press(text.foreign.show);
  await showMirrors(client, foreign('https://pay.example.com/another'));
  expect(document.querySelector('.qr-code')).toBeNull();
});

test('a foreign QR is still warned of when the page says that it has expired', async () => {
  await openMirror([{ ...foreign(), state: 'expired' }]);
  expect(shape()).toBe('foreign');
});

test('words of the page stay text, are marked as its own, and cannot turn the line around', async () => {
  await openMirror([mirrorView({ words: '<img src=x>\u202e请转账\u2028现在' })]);
  expect(document.querySelector('img[src=x]')).toBeNull();
  expect(element('blockquote').textContent).toBe('<img src=x> 请转账 现在');
  expect(element('.quote summary').textContent).toBe(text.quote);
});

test('a page without words has no quote', async () => {
  await openMirror([mirrorView({ words: ' \u200e ' })]);
  expect(document.querySelector('blockquote')).toBeNull();
});

test('both origins are shown in full where the frame is of another site', async () => {
  await openMirror([mirrorView({ origin: 'https://xn--frame-0ve.example:8443' })]);
  expect([...document.querySelectorAll('.request-site .origin')].map((one) => one.textContent)).toEqual([
    site,
    'https://xn--frame-0ve.example:8443',
  ]);
});

test('one origin is enough where the page itself shows the prompt', async () => {
  await openMirror([mirrorView()]);
  expect(document.querySelectorAll('.request-site .origin')).toHaveLength(1);
});

test('the QR is drawn anew from what the page’s says, named by scene and app', async () => {
  await openMirror([mirrorView()]);
  expect(shownCode()).toBe(codeOf(mirroredQr));
  expect(element('.qr-code').getAttribute('aria-label')).toBe(text.qrName('登录', text.appOf('中招互连')));
  expect(pageText()).toContain(text.trust.platform('connect.ebinterlink.com'));
});

test('a QR that the page refreshes is refreshed here, also while it is enlarged', async () => {
  const { client } = await openMirror([mirrorView()]);
  await press(zh.qr.enlarge);
  await showMirrors(
    client,
    mirrorView({ qr: { content: `${mirroredQr}2`, trust: 'platform', host: 'a.b' } }),
  );
  const codes = [...document.querySelectorAll('.qr-code path')].map((path) => path.getAttribute('d'));
  expect(codes).toEqual([codeOf(`${mirroredQr}2`), codeOf(`${mirroredQr}2`)]);
});

test.each([
  ['site', text.trust.site('a.b')],
  ['noHost', text.trust.noHost],
] as const)('a QR of trust %s says what could be checked', async (trust, words) => {
  await openMirror([
    mirrorView({ qr: { content: 'x', trust, ...(trust === 'site' ? { host: 'a.b' } : {}) } }),
  ]);
  expect(shape()).toBe('scan');
  expect(element('.trust').textContent).toBe(words);
});

test('a page that names no app is not given one', async () => {
  const { platform: _, ...nameless } = mirrorView();
  await openMirror([nameless]);
  expect(pageText()).toContain(text.appUnsaid);
  expect(element('.qr-code').getAttribute('aria-label')).toBe(text.qrName('登录', text.anyApp));
});

test('an expired QR is not shown, and the page is one press away', async () => {
  const { client } = await openMirror([mirrorView()]);
  await press(zh.qr.enlarge);
  await showMirrors(client, mirrorView({ state: 'expired' }));
  expect(document.querySelector('.qr-code')).toBeNull();
  expect(document.querySelector('dialog')).toBeNull();
  expect(element('.status-title').textContent).toBe(text.expired.title);
  await press(text.toPage);
  expect(client.sent).toContainEqual({ command: 'showMirrorTab', mirrorId });
});

test.each(['foreign', 'notDrawn', 'notDecoded'] as const)(
  'a QR that cannot be read (%s) sends the user to the page',
  async (unreadable) => {
    const { client } = await openMirror([mirrorView({ qr: { unreadable } })]);
    expect(element('.status-title').textContent).toBe(text.unreadable[unreadable].title);
    expect(document.querySelector('.qr-code')).toBeNull();
    await press(text.toPage);
    expect(client.sent).toContainEqual({ command: 'showMirrorTab', mirrorId });
  },
);

test('a QR that is not there yet, and one that no code can hold, are no blanks', async () => {
  const { qr: _, ...undrawn } = mirrorView();
  const { client } = await openMirror([undrawn]);
  expect(element('.status-title').textContent).toBe(text.unreadable.notDrawn.title);
  await showMirrors(client, mirrorView({ qr: { content: '汉'.repeat(2_000), trust: 'noHost' } }));
  expect(element('.status-title').textContent).toBe(text.unreadable.notDecoded.title);
});

test.each(['told gone', 'no longer known'] as const)(
  'a prompt that is %s is told as gone, and its window closes soon',
  async (how) => {
    const { client, close } = await openMirror([mirrorView()]);
    await showMirrors(client, ...(how === 'told gone' ? [mirrorView({ state: 'gone' })] : []));
    expect(element('.status-title').textContent).toBe(text.gone.title);
    expect(document.querySelector('.qr-code')).toBeNull();
    expect(findButton(text.toPage)).toBeUndefined();
    await pass(pageLimits.promptGone - 1);
    expect(close).not.toHaveBeenCalled();
    await pass(1);
    expect(close).toHaveBeenCalledOnce();
  },
);

test('a prompt that comes back before that keeps its window', async () => {
  const { client, close } = await openMirror([mirrorView()]);
  await showMirrors(client);
  await pass(pageLimits.promptGone - 1);
  await showMirrors(client, mirrorView());
  await pass(pageLimits.promptGone);
  expect(close).not.toHaveBeenCalled();
  expect(shape()).toBe('scan');
});

for (const locale of ['zh-CN', 'en'] as const) {
  test.each(promptScenes)(
    `${locale}: the scene %s is named, with what comes after the scan`,
    async (scene) => {
      await openMirror([mirrorView({ scene })], mirrorId, locale);
      const words = uiTexts[locale].mirror.scenes[scene];
      expect(element('h1').textContent).toBe(words.name);
      for (const part of [words.action, ...words.next]) expect(pageText()).toContain(part);
      expect(document.title).toBe(`${element('.status-title').textContent} – ${uiTexts[locale].product}`);
    },
  );
}

test('nothing is clicked or filled in for the user, and that is said', async () => {
  const { client } = await openMirror([mirrorView()]);
  expect(pageText()).toContain(text.handsOff);
  expect(client.sent).toEqual([{ command: 'directory' }]);
});

test('a request of an SDK page that waits meanwhile is one press away', async () => {
  const { client } = await openMirror([mirrorView()]);
  await settle(() => client.show({ sessions: [sessionView('awaitingScan')], mirrors: [mirrorView()] }));
  await press(zh.prompt.showOther);
  expect(client.sent.at(-1)?.command).toBe('showSession');
});

test('a window that comes back to the front has its focus on the heading', async () => {
  await openMirror([mirrorView()]);
  expect(document.activeElement).toBe(element('h1'));
});
