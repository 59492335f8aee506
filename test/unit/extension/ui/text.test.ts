import { expect, test } from 'vitest';
import { localeOf } from '../../../../src/protocol/locale.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';

const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Every string of a text tree with its path; functions are called with `samples`. */
function leaves(node: unknown, path: string, samples: readonly unknown[]): [path: string, text: string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function')
    return leaves(Reflect.apply(node, undefined, samples), `${path}()`, samples);
  if (!isNode(node)) throw new TypeError(`${path} is no text`);
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}.${key}`, samples));
}

const samples = ['sample', 'sample'];
const han = /\p{Script=Han}|[，。；：？！“”（）]/u;

test.each(['zh-CN', 'en'] as const)('%s has no empty text', (locale) => {
  const texts = leaves(uiTexts[locale], locale, samples);
  expect(texts.length).toBeGreaterThan(80);
  expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('English has no Chinese character and no full-width sign, quotation marks aside', () => {
  const texts = leaves(uiTexts.en, 'en', samples).map(([path, text]) => [path, text.replace(/[“”]/g, '')]);
  expect(texts.filter(([, text]) => han.test(text ?? ''))).toEqual([]);
});

test('every Chinese text but bare values has Chinese characters', () => {
  const texts = leaves(uiTexts['zh-CN'], 'zh-CN', samples);
  expect(texts.filter(([, text]) => !han.test(text))).toEqual([]);
});

test('both languages have the same keys', () => {
  const [chinese, english] = [uiTexts['zh-CN'], uiTexts.en].map((text) =>
    leaves(text, '', samples).map(([path]) => path),
  );
  expect(english).toEqual(chinese);
});

test.each(['zh-CN', 'en'] as const)('%s shows what its placeholders are given', (locale) => {
  const text = uiTexts[locale];
  expect(text.qr.name('SCENE', 'PLATFORM')).toMatch(/SCENE.*PLATFORM/);
  expect(text.platform.hotline('PLATFORM')).toContain('PLATFORM');
  expect(text.countdown.remaining('1:05')).toContain('1:05');
  expect(text.countdown.announcement(30)).toContain('30');
  expect(text.errorCode('CODE')).toContain('CODE');
  expect(text.prompt.othersWaiting(3)).toContain('3');
  expect(text.popup.clientFound('1.2.3')).toContain('1.2.3');
  expect(text.states.awaitingScan('PLATFORM').next).toContain('PLATFORM');
  expect(text.states.preparing('PLATFORM').next).toContain('PLATFORM');
});

test.each(['zh-CN', 'en'] as const)('%s shows what its texts on bids are given', (locale) => {
  const { bid } = uiTexts[locale];
  expect(bid.moment('TIME', 'ZONE')).toMatch(/TIME.*ZONE/);
  expect(bid.validity('FROM', 'TO')).toMatch(/FROM.*TO/);
  expect(bid.encryption.choosingAnyway('END', 'OPENING').next).toMatch(/END.*OPENING/);
  expect(bid.saving.unsaved(3)).toContain('3');
  expect(bid.files.scanAgain.next(3)).toContain('3');
  for (const { some } of Object.values(bid.decryption.results))
    expect(some(8, 10).title).toMatch(/8.*10|10.*8/);
  for (const ask of Object.values(bid.decryption.awaitingScan))
    expect(ask('PLATFORM').next).toContain('PLATFORM');
});

test.each([
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['ZH-hans', 'zh-CN'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['zha', 'en'],
  ['', 'en'],
])('a browser in %j is served in %s', (uiLanguage, locale) => {
  expect(localeOf(uiLanguage)).toBe(locale);
});
