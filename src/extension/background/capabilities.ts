import browser from 'webextension-polyfill';
import { apiVersion } from '../../protocol/api-version.ts';
import type { Capabilities } from '../../protocol/page-messages.ts';
import { platforms } from '../../platforms/registry.ts';
import { frontServerOf, type Deployment } from './configuration.ts';

/** What a page may ask for in this deployment. */
export function capabilitiesOf(deployment: Deployment): Capabilities {
  const usable = Object.values(platforms).filter(({ id }) => frontServerOf(deployment, id) !== undefined);
  return {
    api: apiVersion,
    extension: browser.runtime.getManifest().version,
    scenes: usable.flatMap(({ id, offers }) => offers.map((offer) => ({ ...offer, platform: id }))),
  };
}
