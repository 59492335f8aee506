import type { Page } from 'playwright-core';
import type { Lab } from './lab.ts';

/** Opens the trading site and logs the lab's subscriber in; the prompt window is gone afterwards. */
export async function logInToSite(lab: Lab): Promise<Page> {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: /全国共享互认CA/ }).click();
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  const closed = prompt.waitForEvent('close');
  await lab.phone.confirm(await lab.scan(prompt), lab.subscriber.credential);
  await page.getByText('湛江测试建设有限公司').first().waitFor();
  await closed;
  return page;
}
