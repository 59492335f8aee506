// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import type { DirectoryEntry } from '../../../../src/protocol/directory.ts';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import { DirectoryPage } from '../../../../src/extension/directory/directory-page.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { qrMatrix, qrPath } from '../../../../src/extension/ui/qr-matrix.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, findButton, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { directoryEntries } from '../ui/settings-samples.ts';

const fake = vi.hoisted(() => ({
  tabs: { create: vi.fn<(tab: { url: string }) => Promise<void>>(async () => undefined) },
  runtime: { getURL: (path: string) => `extension:/${path}` },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const zh = uiTexts['zh-CN'];
const text = zh.directory;

async function open(
  entries: readonly DirectoryEntry[] = directoryEntries,
  prepare: (client: MockBackgroundClient) => void = () => undefined,
  locale: 'zh-CN' | 'en' = 'zh-CN',
) {
  const client = createMockBackgroundClient({ sessions: [] });
  client.answer('directory', entries);
  prepare(client);
  await renderPage(<DirectoryPage client={client} />, locale);
  for (let turn = 0; turn < 4; turn += 1) await settle();
  return client;
}

const entry = (id: string): HTMLElement => element(`[data-platform="${id}"]`);
const opener = (what: string): HTMLButtonElement =>
  element(`button[aria-label="${text.open.of(what, '中招互连')}"]`);
const links = (): HTMLAnchorElement[] => [...document.querySelectorAll('a')];

test('no link can be followed before its host was shown and confirmed', async () => {
  await open();
  expect(links()).toEqual([]);
  await settle(() => opener(text.driver).click());
  expect(element('.confirm .origin').textContent).toBe('https://download.ebinterlink.com');
  const [link, ...others] = links();
  expect(others).toEqual([]);
  expect(link?.href).toBe('https://download.ebinterlink.com/driver.exe?v=2');
  expect(link?.target).toBe('_blank');
  expect(link?.rel).toBe('noopener noreferrer');
  expect(document.activeElement).toBe(link);
  expect(fake.tabs.create).not.toHaveBeenCalled();
});

test('a link that was not confirmed is gone, and the focus is back at its button', async () => {
  await open();
  await settle(() => opener(text.manual).click());
  await press(zh.cancel);
  expect(links()).toEqual([]);
  expect(document.activeElement).toBe(opener(text.manual));
  await settle(() => opener(text.manual).click());
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
  await settle(() => element('.confirm a').dispatchEvent(escape));
  expect(links()).toEqual([]);
});

test('a host that looks like another is shown as the browser spells it', async () => {
  const [first] = directoryEntries;
  if (first === undefined) throw new Error('no entry');
  await open([{ ...first, manual: 'https://xn--ebinterlink-9db.example/manual' }]);
  await settle(() => opener(text.manual).click());
  expect(element('.confirm .origin').textContent).toBe('https://xn--ebinterlink-9db.example');
});

test('markup in a name that policy gives stays text', async () => {
  const name = { 'zh-CN': '<img src=x>', en: '<img src=x>' };
  await open([{ id: 'x', name, group: 'other', state: 'enabled', scenes: [], byPolicy: true }]);
  expect(document.querySelector('img[src=x]')).toBeNull();
  expect(element('h3').textContent).toBe('<img src=x>');
});

test('each group has its own platforms, in the order given', async () => {
  await open();
  const groups = [...document.querySelectorAll<HTMLElement>('[data-group]')];
  expect(groups.map((group) => group.querySelector('h2')?.textContent)).toEqual([
    text.groups.mutual,
    text.groups.other,
  ]);
  expect(
    groups.map((group) =>
      [...group.querySelectorAll<HTMLElement>('[data-platform]')].map(({ dataset }) => dataset['platform']),
    ),
  ).toEqual([['zhongzhao-hulian', 'more'], ['yue-qi-qian']]);
});

test('an entry says its state, what it serves, whom to call and which phones it runs on', async () => {
  await open();
  const words = entry('zhongzhao-hulian').textContent;
  for (const part of [text.states.enabled, '签章', '解密', '400-666-4230', text.systems.harmony])
    expect(words).toContain(part);
  expect(words).not.toContain(text.byPolicy);
});

test('what is not published is said not to be, and nothing is made up for it', async () => {
  await open();
  const words = entry('yue-qi-qian').textContent;
  expect(words).toContain(text.unpublished);
  expect(words).toContain(text.byPolicy);
  for (const part of [text.hotline, text.manual, text.driver, text.app]) expect(words).not.toContain(part);
  expect(entry('yue-qi-qian').querySelector('.qr-code')).toBeNull();
});

test('a platform that is coming says that and no more', async () => {
  await open();
  expect(entry('more').textContent).toBe(`其他平台${text.states.comingSoon}`);
});

test('the QRs of app and account lead to the entry’s addresses, which stand under them', async () => {
  await open();
  const codes = [...document.querySelectorAll('.directory-code')];
  expect(codes.map((code) => code.querySelector('path')?.getAttribute('d'))).toEqual(
    ['https://www.ebinterlink.com/app', 'https://www.ebinterlink.com/account'].map((address) =>
      qrPath(qrMatrix(address)),
    ),
  );
  expect(codes[0]?.textContent).toBe(`${text.app}https://www.ebinterlink.com`);
  expect(element('.directory-code svg').getAttribute('aria-label')).toBe(text.qrName(text.app, '中招互连'));
});

test('an empty group is said to be empty', async () => {
  await open([]);
  expect(document.querySelectorAll('[data-group] .muted')).toHaveLength(2);
});

test('a directory that cannot be had is an error with its remedy', async () => {
  await open([], (client) => client.refuse('directory', 'BRIDGE_NOT_RESPONDING'));
  expect(pageText()).toContain(errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].remedy);
  expect(document.querySelector('[data-group]')).toBeNull();
});

test('from here on to the self-test', async () => {
  await open();
  expect(pageText()).toContain(text.ready.next);
  expect(findButton(zh.popup.selfTest)).toBeDefined();
  await press(zh.popup.selfTest);
  expect(fake.tabs.create).toHaveBeenLastCalledWith({
    url: 'extension:/src/extension/self-test/self-test.html',
  });
});

test('English names the platforms in English', async () => {
  await open(directoryEntries, undefined, 'en');
  expect(element('h3').textContent).toBe('Zhongzhao Hulian');
  expect(document.title).toBe(`${uiTexts.en.directory.title} – ${uiTexts.en.product}`);
});
