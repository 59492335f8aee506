import browser from 'webextension-polyfill';
import { apiVersion } from '../../protocol/api-version.ts';
import type { Capabilities } from '../../protocol/page-messages.ts';
import { platforms } from '../../platforms/registry.ts';
import { driverOf, isAllowedPlatform, type Deployment } from './configuration.ts';

/**
 * What a page may ask for in this deployment: each scene by the driver that would run it, and by the page's own flow,
 * which needs nothing configured. Whether the clients are there is told when they are needed.
 */
export function capabilitiesOf(deployment: Deployment): Capabilities {
  const allowed = Object.values(platforms).filter(({ id }) => isAllowedPlatform(deployment, id));
  return {
    api: apiVersion,
    extension: browser.runtime.getManifest().version,
    scenes: allowed.flatMap(({ id, offers }) =>
      offers
        .filter(({ scene, driver }) => driver === 'site' || driver === driverOf(deployment, id, scene))
        .map((offer) => ({ ...offer, platform: id })),
    ),
  };
}
