// @vitest-environment happy-dom
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Language } from '../../../../src/protocol/settings.ts';
import { LocalizedPage } from '../../../../src/extension/ui/localized-page.tsx';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts, useText } from '../../../../src/extension/ui/text/text-context.ts';
import { pageText, settle } from './page-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

beforeEach(() => {
  render(null, document.body);
  document.title = '';
});

function Product() {
  return <p>{useText().product}</p>;
}

function Titled() {
  const { close } = useText();
  useEffect(() => {
    document.title = close;
  }, [close]);
  return <p>{close}</p>;
}

async function open(language: Language | undefined, browserLanguage: string, page = <Product />) {
  const client = createMockBackgroundClient();
  await act(() =>
    render(
      <LocalizedPage client={client} browserLanguage={browserLanguage}>
        {page}
      </LocalizedPage>,
      document.body,
    ),
  );
  const choose = (chosen: Language | undefined) =>
    settle(() => client.show({ sessions: [], ...(chosen === undefined ? {} : { language: chosen }) }));
  if (language !== undefined) await choose(language);
  return { choose };
}

test.each([
  [undefined, 'de', 'en'],
  ['auto', 'zh-TW', 'zh-CN'],
  ['auto', 'de', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh-CN', 'de', 'zh-CN'],
] as const)('with the choice %s in a browser in %s the page is in %s', async (language, browser, locale) => {
  await open(language, browser);
  expect(pageText()).toBe(uiTexts[locale].product);
  expect(document.documentElement.lang).toBe(locale);
  expect(document.title).toBe(uiTexts[locale].product);
});

test('another choice is followed at once, and taken back', async () => {
  const { choose } = await open('zh-CN', 'de');
  await choose('en');
  expect(pageText()).toBe(uiTexts.en.product);
  expect(document.documentElement.lang).toBe('en');
  await choose(undefined);
  expect(document.documentElement.lang).toBe('en');
  await choose('zh-CN');
  expect(pageText()).toBe(uiTexts['zh-CN'].product);
});

test('a page’s own title stays its own in every language', async () => {
  const { choose } = await open('zh-CN', 'de', <Titled />);
  expect(document.title).toBe(uiTexts['zh-CN'].close);
  await choose('en');
  expect(document.title).toBe(uiTexts.en.close);
});
