// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { SiteSupport, UiSnapshot } from '../../../../src/protocol/ui-messages.ts';
import { ToolbarPopup } from '../../../../src/extension/popup/toolbar-popup.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { bidder, decryptView, encryptView, goodFile } from '../ui/bid-view.ts';
import { element, findButton, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { otherSessionId, sessionId, sessionView, wireError } from '../ui/session-view.ts';

const fake = vi.hoisted(() => ({
  tabs: {
    query: vi.fn<() => Promise<{ url?: string }[]>>(),
    create: vi.fn<(tab: { url: string }) => Promise<void>>(async () => undefined),
  },
  runtime: { getURL: (path: string) => `extension:/${path}` },
  permissions: { request: vi.fn<(permissions: { origins: string[] }) => Promise<boolean>>() },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const zh = uiTexts['zh-CN'];
const origin = 'https://ggzy.zhanjiang.gov.cn';
const nothing: UiSnapshot = { sessions: [] };

beforeEach(() => {
  fake.tabs.query.mockReset().mockResolvedValue([{ url: `${origin}/login?a=1` }]);
  fake.permissions.request.mockReset().mockResolvedValue(true);
});

async function open(
  snapshot: UiSnapshot,
  prepare: (client: MockBackgroundClient) => void = () => undefined,
  locale: 'zh-CN' | 'en' = 'zh-CN',
): Promise<MockBackgroundClient> {
  const client = createMockBackgroundClient(snapshot);
  prepare(client);
  await renderPage(<ToolbarPopup client={client} />, locale);
  for (let turn = 0; turn < 5; turn += 1) await settle();
  return client;
}

const supported = (support: SiteSupport) => (client: MockBackgroundClient) =>
  client.answer('siteStatus', { origin, support });

test('an address beyond the bound of the command is cut, not refused', async () => {
  fake.tabs.query.mockResolvedValue([{ url: `${origin}/${'a'.repeat(20_000)}` }]);
  const client = await open(nothing);
  const asked = client.sent.find(({ command }) => command === 'siteStatus');
  expect(asked).toEqual({ command: 'siteStatus', url: `${origin}/`.padEnd(8_192, 'a') });
});

test.each([
  ['no tab', []],
  ['a tab whose address the browser hides', [{}]],
])('%s is no site', async (_, tabs) => {
  fake.tabs.query.mockResolvedValue(tabs);
  const client = await open(nothing);
  expect(client.sent).toContainEqual({ command: 'siteStatus', url: '' });
  expect(pageText()).toContain(zh.popup.support.impossible.title);
});

for (const locale of ['zh-CN', 'en'] as const) {
  test.each(['enabled', 'needsPermission', 'notEnabled', 'impossible'] as const)(
    `${locale}: a site that is %s is told in words`,
    async (support) => {
      await open(nothing, supported(support), locale);
      const { title, next } = uiTexts[locale].popup.support[support];
      expect(pageText()).toContain(title + next);
    },
  );
}

test.each(['enabled', 'impossible'] as const)(
  'no permission is offered where the site is %s',
  async (support) => {
    await open(nothing, supported(support));
    expect(findButton(zh.popup.enable)).toBeUndefined();
  },
);

test.each(['needsPermission', 'notEnabled'] as const)(
  'a press asks the browser for this one site at once, its address and a warning above: %s',
  async (support) => {
    await open(nothing, supported(support));
    expect(element('.site-origin').textContent).toBe(origin);
    expect(pageText()).toContain(zh.popup.enableWarning);
    expect(fake.permissions.request).not.toHaveBeenCalled();
    const button = findButton(zh.popup.enable);
    button?.click();
    // Still within the press, as the browser's gesture rule wants it.
    expect(fake.permissions.request).toHaveBeenCalledExactlyOnceWith({ origins: [`${origin}/*`] });
    await settle();
    expect(element('.enable [role=status]').textContent).toBe(zh.popup.enabledNow);
    expect(findButton(zh.popup.enable)).toBeUndefined();
  },
);

test.each([
  ['declined', () => Promise.resolve(false)],
  ['refused by the browser', () => Promise.reject(new Error('not allowed'))],
])('a permission that is %s leaves the site as it was, and can be asked again', async (_, answer) => {
  fake.permissions.request.mockImplementation(answer);
  await open(nothing, supported('notEnabled'));
  await press(zh.popup.enable);
  await settle();
  expect(element('.enable [role=status]').textContent).toBe(zh.popup.enableDeclined);
  expect(findButton(zh.popup.enable)).toBeDefined();
});

test('a site status that cannot be had is an error with its remedy, not a blank', async () => {
  await open(nothing, (client) => client.refuse('siteStatus', 'BRIDGE_NOT_RESPONDING'));
  expect(pageText()).toContain(errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].remedy);
});

test.each([
  'CLIENT_NOT_FOUND',
  'CLIENT_FORBIDDEN',
  'CLIENT_BLOCKED',
  'CLIENT_EXITED',
  'CLIENT_PROTOCOL',
  'CLIENT_TIMEOUT',
] as const)(
  'a client that fails with %s is told with cause and remedy, beside one that is found',
  async (code) => {
    await open(nothing, (client) =>
      client.answer('checkClients', [
        { kind: 'signature', found: true, version: '0.1.0' },
        { kind: 'encryption', found: false, error: wireError(code) },
      ]),
    );
    const { title, cause, remedy } = errorCatalogue[code].text['zh-CN'];
    expect(pageText()).toContain(zh.popup.clients.signature + zh.popup.clientFound('0.1.0'));
    expect(pageText()).toContain(`${zh.popup.clients.encryption} · ${title}${cause}${remedy}`);
  },
);

test('clients are checked when the popup opens, and again on request', async () => {
  const client = await open(nothing, (mock) =>
    mock.answer('checkClients', [{ kind: 'signature', found: false, error: wireError('CLIENT_NOT_FOUND') }]),
  );
  client.answer('checkClients', [{ kind: 'signature', found: true, version: '0.2.0' }]);
  await press(zh.popup.recheck);
  await settle();
  expect(client.sent.filter(({ command }) => command === 'checkClients')).toHaveLength(2);
  expect(pageText()).toContain(zh.popup.clientFound('0.2.0'));
  expect(pageText()).not.toContain(errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'].title);
});

test('a check under way is said, and not started twice', async () => {
  const client = await open(nothing, (mock) => mock.answer('checkClients', new Promise(() => undefined)));
  expect(pageText()).toContain(zh.popup.checking);
  await press(zh.popup.recheck);
  expect(client.sent.filter(({ command }) => command === 'checkClients')).toHaveLength(1);
});

test('a check that fails as a whole says why', async () => {
  await open(nothing, (client) => client.refuse('checkClients', 'BRIDGE_INTERNAL'));
  expect(element('[role=alert]').textContent).toContain(errorCatalogue.BRIDGE_INTERNAL.text['zh-CN'].title);
});

test('the last result shows scene, site, outcome and time', async () => {
  const at = Date.UTC(2026, 6, 3, 6, 20);
  await open({
    sessions: [],
    lastOutcome: { scene: 'login', origin, state: 'failed', errorCode: 'USER_REFUSED', at },
  });
  expect(pageText()).toContain(`登录 · ${errorCatalogue.USER_REFUSED.text['zh-CN'].title}${origin}`);
  expect(element('time').getAttribute('datetime')).toBe('2026-07-03T06:20:00.000Z');
});

test('an ignored policy is told with its detail, also while a session waits', async () => {
  await open({ sessions: [sessionView('awaitingScan')], policyProblem: 'sites.0: must be an https origin' });
  const alert = element('[role=alert]').textContent;
  expect(alert).toContain(errorCatalogue.POLICY_INVALID.text['zh-CN'].title);
  expect(alert).toContain('sites.0: must be an https origin');
});

test('a session that waits takes the popup, and nothing is asked of browser or clients meanwhile', async () => {
  const client = await open({ sessions: [sessionView('awaitingScan')] });
  expect(element('article').dataset['session']).toBe(sessionId);
  expect(document.querySelector('nav')).toBeNull();
  expect(client.sent).toEqual([]);
});

test('sessions that have ended do not take the popup', async () => {
  await open({ sessions: [sessionView('failed')] });
  expect(document.querySelector('article')).toBeNull();
});

test('the end of the session that was shown is seen, and closing it leads to the overview', async () => {
  const client = await open({ sessions: [sessionView('awaitingScan')] });
  await settle(() => client.show({ sessions: [sessionView('succeeded')] }));
  expect(element('article').dataset['state']).toBe('succeeded');
  await press(zh.close);
  expect(document.querySelector('article')).toBeNull();
  expect(pageText()).toContain(zh.popup.siteHeading);
});

test('of several sessions one is shown, and a press shows another', async () => {
  const another = sessionView('scanned', { id: otherSessionId, origin: 'https://other.example' });
  await open({ sessions: [sessionView('awaitingScan'), another] });
  const tabs = [...document.querySelectorAll<HTMLButtonElement>('nav button')];
  expect(tabs.map((tab) => tab.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  expect(document.querySelectorAll('article')).toHaveLength(1);
  await settle(() => tabs[1]?.click());
  expect(element('article').dataset['session']).toBe(otherSessionId);
  expect(tabs.map((tab) => tab.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
});

test('the window of the session that waits can be brought to the front', async () => {
  const client = await open({ sessions: [sessionView('awaitingScan')] });
  await press(zh.popup.openWindow);
  expect(client.sent).toEqual([{ command: 'showSession', sessionId }]);
});

test.each([
  [zh.popup.verify, 'verification/verification.html'],
  [zh.popup.selfTest, 'self-test/self-test.html'],
  [zh.popup.directory, 'directory/directory.html'],
])('%s opens in a tab of its own', async (name, page) => {
  const close = vi.spyOn(window, 'close').mockReturnValue();
  await open(nothing);
  await press(name);
  expect(fake.tabs.create).toHaveBeenLastCalledWith({ url: `extension:/src/extension/${page}` });
  expect(close).toHaveBeenCalledOnce();
  close.mockRestore();
});

test('seals are placed in the window: the popup leads there', async () => {
  await open({ sessions: [sessionView('arranging', { scene: 'signature' })] });
  expect(pageText()).toContain(zh.documents.openWindowToPlace);
  expect(findButton(zh.popup.openWindow)).toBeDefined();
  expect(findButton(zh.documents.summary.confirm)).toBeUndefined();
});

test.each([
  ['confirm the recipient', encryptView('arranging', { recipients: [bidder] }), zh.bid.openWindow.toChoose],
  ['save files', encryptView('completing', { awaitsSaving: true }), zh.bid.openWindow.toSave],
])('to %s the popup leads to the window', async (_, session, words) => {
  const client = await open({ sessions: [session] });
  expect(pageText()).toContain(words);
  expect(findButton(zh.popup.openWindow)).toBeDefined();
  expect(findButton(zh.bid.recipient.confirm)).toBeUndefined();
  expect(client.sent).toEqual([]);
});

test('a waiting request to decrypt is named by what it is for', async () => {
  const rehearsal = decryptView('awaitingScan', [goodFile()], { purpose: 'rehearse' });
  await open({ sessions: [rehearsal, sessionView('scanned', { id: otherSessionId })] });
  expect(element('nav button').textContent).toContain(zh.bid.purposes.rehearse.name);
});
