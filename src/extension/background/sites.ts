import browser from 'webextension-polyfill';
import { isTrustworthyOrigin } from '../../protocol/origins.ts';
import type { SiteStatus } from '../../protocol/ui-messages.ts';
import { configuredSites, type Deployment } from './configuration.ts';

const scriptId = 'permitted-sites';

/** Origins that the user permitted at run time (`https://host/*` patterns, as origins). */
export async function permittedSites(): Promise<readonly string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter((pattern) => pattern.endsWith('/*')).map((pattern) => pattern.slice(0, -2));
}

/**
 * Origins on which the bridge answers: those of the build and those that the user permitted. A site that policy
 * names counts once it is permitted: before that, no content script runs there to ask.
 */
export async function allowedSites({ builtIn }: Deployment): Promise<readonly string[]> {
  return [...(builtIn.sites ?? []), ...(await permittedSites())];
}

/** Puts the content script on exactly the sites that the user permitted, besides the manifest's own. */
export async function registerContentScripts(): Promise<void> {
  const [own] = browser.runtime.getManifest().content_scripts ?? [];
  const builtIn = own?.matches ?? [];
  const matches = (await permittedSites())
    .filter(isTrustworthyOrigin)
    .map((origin) => `${origin}/*`)
    .filter((pattern) => !builtIn.includes(pattern));
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
  if (matches.length === 0 || own?.js === undefined) return;
  await browser.scripting.registerContentScripts([
    {
      id: scriptId,
      js: own.js,
      matches,
      runAt: 'document_start',
      allFrames: true,
      matchOriginAsFallback: true,
    },
  ]);
}

/** What the popup says of the tab at `url`. */
export async function siteStatus(url: string, deployment: Deployment): Promise<SiteStatus> {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  if (!isTrustworthyOrigin(origin)) return { support: 'impossible' };
  const [own] = browser.runtime.getManifest().content_scripts ?? [];
  const runs = own?.matches?.includes(`${origin}/*`) === true || (await permittedSites()).includes(origin);
  if (runs) return { origin, support: 'enabled' };
  // The browser can be asked for https sites alone (`optional_host_permissions`).
  if (!origin.startsWith('https://')) return { support: 'impossible' };
  const known = configuredSites(deployment).includes(origin);
  return { origin, support: known ? 'needsPermission' : 'notEnabled' };
}

/** Takes back the permission that the user gave for a site; the browser tells `registerContentScripts` by its event. */
export async function forgetSite(site: string): Promise<void> {
  if (!isTrustworthyOrigin(site)) return;
  await browser.permissions.remove({ origins: [`${site}/*`] });
}
