import { render, type VNode } from 'preact';
import browser from 'webextension-polyfill';
import { createBackgroundClient, type BackgroundClient } from './background-client.ts';
import { LocalizedPage } from './localized-page.tsx';

/** Starts an extension page in the user's language, with the client that lives as long as the page. */
export function mountPage(page: (client: BackgroundClient) => VNode): void {
  const lifetime = new AbortController();
  addEventListener('pagehide', () => lifetime.abort(), { once: true });
  const client = createBackgroundClient({ signal: lifetime.signal });
  render(
    <LocalizedPage client={client} browserLanguage={browser.i18n.getUILanguage()}>
      {page(client)}
    </LocalizedPage>,
    document.body,
  );
}
