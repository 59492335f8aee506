import { render, type VNode } from 'preact';
import browser from 'webextension-polyfill';
import { createBackgroundClient, type BackgroundClient } from './background-client.ts';
import { localeOf } from '../../protocol/locale.ts';
import { LocaleContext, uiTexts } from './text/text-context.ts';

/** Starts an extension page in the browser's language, with the client that lives as long as the page. */
export function mountPage(page: (client: BackgroundClient) => VNode): void {
  const lifetime = new AbortController();
  addEventListener('pagehide', () => lifetime.abort(), { once: true });
  const locale = localeOf(browser.i18n.getUILanguage());
  document.documentElement.lang = locale;
  document.title = uiTexts[locale].product;
  const client = createBackgroundClient({ signal: lifetime.signal });
  render(<LocaleContext.Provider value={locale}>{page(client)}</LocaleContext.Provider>, document.body);
}
