import type { QrTrust } from '../protocol/mirror-view.ts';
import { findQrAddresses } from './site/qr-addresses.ts';
import { hasSameOwner, isBeneath } from './site/same-owner.ts';

export interface QrVerdict {
  readonly trust: QrTrust;
  /** What decided: the first host that is neither's, else the platform's or the site's. */
  readonly host?: string;
}

/**
 * Compares where a QR leads to with the hosts of its platform and with the site's own. Of several addresses the least
 * trusted counts. Pure; asks nobody, never throws.
 * @param platformHosts lower case; subdomains count
 * @param siteOrigins of the frame that gives the QR and of the page around it, as the browser vouches for them
 */
export function qrTrust(
  content: string,
  platformHosts: readonly string[],
  siteOrigins: readonly string[],
): QrVerdict {
  const { hosts, deceptive } = findQrAddresses(content);
  const siteHosts = siteOrigins
    .filter((origin) => URL.canParse(origin))
    .map((origin) => new URL(origin).hostname);
  const isPlatforms = (host: string) => isHostOf(host, platformHosts);
  const isSites = (host: string) => siteHosts.some((siteHost) => hasSameOwner(host, siteHost));
  const stranger = hosts.find((host) => !isPlatforms(host) && !isSites(host));
  if (stranger !== undefined || deceptive) return withHost('foreign', stranger ?? hosts[0]);
  const platformHost = hosts.find(isPlatforms);
  if (platformHost !== undefined) return withHost('platform', platformHost);
  return withHost(hosts.length === 0 ? 'noHost' : 'site', hosts[0]);
}

/** True where `host` is one of `domains`, or beneath one. */
export function isHostOf(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || isBeneath(host, domain));
}

function withHost(trust: QrTrust, host: string | undefined): QrVerdict {
  return { trust, ...(host === undefined ? {} : { host }) };
}
