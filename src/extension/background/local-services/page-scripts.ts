import browser from 'webextension-polyfill';

/** Files that the build puts there by name (`vite.config.ts`). */
export const pageScriptFiles = {
  relay: 'page/local-service-relay.js',
  page: 'page/local-service-page.js',
} as const;

const relayId = 'local-service-relay';
const pageId = 'local-service-page';

/**
 * Has the browser run the two scripts of the local-service bridge in every document of these sites, before the page's
 * own, from the next load on; and in no other. They belong together and come and go together. What an earlier worker
 * registered stays where it is right: a page that loads meanwhile would miss it.
 */
export async function registerPageScripts(sites: readonly string[]): Promise<void> {
  const ids = [relayId, pageId];
  const matches = sites.map((site) => `${site}/*`).toSorted();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids });
  const isRight = (script: { readonly matches?: readonly string[] }) =>
    JSON.stringify(script.matches?.toSorted()) === JSON.stringify(matches);
  if (registered.length === (sites.length === 0 ? 0 : ids.length) && registered.every(isRight)) return;
  if (registered.length > 0) {
    await browser.scripting.unregisterContentScripts({ ids: registered.map(({ id }) => id) });
  }
  if (sites.length === 0) return;
  const common = { matches, runAt: 'document_start', allFrames: true } as const;
  await browser.scripting.registerContentScripts([
    { ...common, id: relayId, js: [pageScriptFiles.relay], world: 'ISOLATED' },
    { ...common, id: pageId, js: [pageScriptFiles.page], world: 'MAIN' },
  ]);
}
