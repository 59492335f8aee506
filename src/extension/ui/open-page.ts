import browser from 'webextension-polyfill';

/** Pages of the extension that open in tabs of their own. */
const pages = {
  verification: 'src/extension/verification/verification.html',
  selfTest: 'src/extension/self-test/self-test.html',
  directory: 'src/extension/directory/directory.html',
} as const;

export type OwnPage = keyof typeof pages | 'options';

/** Opens a page of ours in a tab; the options page at most once. */
export async function openPage(page: OwnPage): Promise<void> {
  if (page === 'options') await browser.runtime.openOptionsPage();
  else await browser.tabs.create({ url: browser.runtime.getURL(pages[page]) });
}
