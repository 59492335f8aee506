import browser from 'webextension-polyfill';
import { isTrustworthyOrigin } from '../../protocol/origins.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import type { SiteStatus } from '../../protocol/ui-messages.ts';
import { configuredSites, type Deployment } from './configuration.ts';
import { logError } from './log.ts';

const scriptId = 'permitted-sites';

/**
 * Origins that the browser lets the extension run on (`https://host/*` patterns, as origins): those of the manifest that
 * the user has not withheld, and those that the user permitted at run time.
 */
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

/**
 * Every site of build, policy and user, once and in this order. `permitted` as the browser has it: the user can withhold
 * a built-in site too.
 */
export async function knownSites({
  builtIn,
  policy,
}: Deployment): Promise<readonly Pick<SettingsView['sites'][number], 'origin' | 'source' | 'permitted'>[]> {
  const permitted = (await permittedSites()).filter(isTrustworthyOrigin);
  const sites = [
    ...(builtIn.sites ?? []).map((origin) => ({ origin, source: 'build' as const })),
    ...(policy.sites ?? []).map((origin) => ({ origin, source: 'policy' as const })),
    ...permitted.map((origin) => ({ origin, source: 'user' as const })),
  ];
  return sites
    .filter((site, index) => sites.findIndex(({ origin }) => origin === site.origin) === index)
    .map((site) => ({ ...site, permitted: permitted.includes(site.origin) }));
}

/** Origins that the manifest itself puts the content script on. */
function ownSites(): readonly string[] {
  const [own] = browser.runtime.getManifest().content_scripts ?? [];
  return (own?.matches ?? [])
    .filter((pattern) => pattern.endsWith('/*'))
    .map((pattern) => pattern.slice(0, -2));
}

let registration: Promise<unknown> = Promise.resolve();

/**
 * Puts the content script on exactly the sites that the user permitted, besides the manifest's own. One call after the
 * other: two at a time would register the same script twice, which the browser refuses. Never rejects.
 */
export function registerContentScripts(): Promise<void> {
  const done = registration
    .then(registerAnew)
    .catch((error: unknown) => logError('scripts-not-registered', error));
  registration = done;
  return done;
}

async function registerAnew(): Promise<void> {
  const [own] = browser.runtime.getManifest().content_scripts ?? [];
  const builtIn = ownSites();
  const matches = (await permittedSites())
    .filter(isTrustworthyOrigin)
    .filter((origin) => !builtIn.includes(origin))
    .map((origin) => `${origin}/*`);
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
  const runs = [...ownSites(), ...(await permittedSites())].includes(origin);
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
