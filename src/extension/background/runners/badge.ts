import browser from 'webextension-polyfill';

const waitingColour = '#c2410c';
const icons = (name: string) => ({ 16: `icons/${name}-16.png`, 32: `icons/${name}-32.png` });

/** Shows on the toolbar how many sessions wait for the user. */
export async function showBadge(waiting: number): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text: waiting === 0 ? '' : String(waiting) }),
    browser.action.setBadgeBackgroundColor({ color: waitingColour }),
    browser.action.setIcon({ path: icons(waiting === 0 ? 'icon' : 'icon-waiting') }),
  ]);
}
