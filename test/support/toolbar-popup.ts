import type { CDPSession, Page } from 'playwright-core';
import type { Lab } from './lab.ts';

/**
 * Opens the toolbar popup over `page` as the user's click does: it comes with the permission to see that one tab,
 * as `chrome.action.openPopup` does not.
 */
export async function openPopupOver({ browser }: Lab, page: Page): Promise<Page> {
  const { context, extensionId } = browser;
  const owner = context.browser();
  if (owner === null) throw new Error('the browser is gone already');
  await page.bringToFront();
  const cdp = await owner.newBrowserCDPSession();
  const popup = context.waitForEvent('page', {
    predicate: (other) => other.url().startsWith(`chrome-extension://${extensionId}/`),
    timeout: 10_000,
  });
  const click = async () =>
    cdp.send('Extensions.triggerAction', { id: extensionId, targetId: await tabOf(cdp, page) });
  await Promise.all([popup, click()]);
  await cdp.detach();
  return popup;
}

/** The tab around a page: a target of its own, known by what it shows. */
async function tabOf(cdp: CDPSession, page: Page): Promise<string> {
  const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const [tab, ...others] = targetInfos.filter(({ url }) => url === page.url());
  if (tab === undefined || others.length > 0) throw new Error(`not one tab alone shows ${page.url()}`);
  return tab.targetId;
}
