import type { Page } from 'playwright-core';
import type { Lab } from './lab.ts';

/** Opens the toolbar popup over `page` as the user's click does: with the permission to see that one tab. */
export async function openPopupOver({ browser }: Lab, page: Page): Promise<Page> {
  await page.bringToFront();
  const { context, extensionId } = browser;
  const cdp = await context.newCDPSession(page);
  const { targetInfo } = (await cdp.send('Target.getTargetInfo')) as { targetInfo: { targetId: string } };
  const owner = await context.browser()?.newBrowserCDPSession();
  const popup = context.waitForEvent('page', {
    predicate: (other) => other.url().startsWith(`chrome-extension://${extensionId}/`),
    timeout: 10_000,
  });
  const send = owner?.send.bind(owner) as unknown as (method: string, params: object) => Promise<unknown>;
  await Promise.all([popup, send('Extensions.triggerAction', { id: extensionId, targetId: targetInfo.targetId })]);
  return popup;
}
