import { CodedError } from '../../protocol/coded-error.ts';
import type { SiteAnswer, SiteQuestionParams } from '../../protocol/site-flow.ts';
import { scenes, type Scene } from '../../protocol/scenes.ts';
import type { Platform, RelayHandle, RelayRequest } from '../platform.ts';
import { qrTrust } from '../qr-trust.ts';
import type { SiteChannel } from './site-channel.ts';
import { siteEvents } from './site-events.ts';
import { siteKeys } from './site-keys.ts';
import { siteSigning } from './site-signing.ts';

export interface SitePlatformParts extends Pick<Platform, 'id' | 'name' | 'hotline'> {
  readonly channel: SiteChannel;
  /** Of the session. */
  readonly scene: Scene;
  /** Hosts that this platform's QRs may name, from the directory; subdomains count. */
  readonly qrHosts: readonly string[];
  /** Of the page, as the browser vouches for it: the site's own hosts may be named too. */
  readonly siteOrigins: readonly string[];
}

/** A platform whose sessions all begin with a QR. */
export interface SitePlatform extends Platform {
  open(...asked: Parameters<Platform['open']>): Promise<RelayHandle>;
  renew(...asked: Parameters<Platform['renew']>): Promise<RelayHandle>;
}

/**
 * A platform whose flow the page of one session runs itself, asked over `channel`. Nothing of it is kept here: with
 * the handle alone a restarted worker goes on. Where the page fails the errors are those of `SiteChannel`, and
 * `SITE_FLOW_PROTOCOL` for what does not fit the request.
 */
export function sitePlatform({
  channel,
  scene,
  qrHosts,
  siteOrigins,
  ...description
}: SitePlatformParts): SitePlatform {
  /** @throws CodedError `QR_HOST_FOREIGN`: such a QR is shown to nobody */
  function toHandle({ businessId, qr, expiresIn }: SiteAnswer<'open'>, askedAt: number): RelayHandle {
    const { trust, host } = qrTrust(qr, qrHosts, siteOrigins);
    if (trust === 'foreign') throw new CodedError('QR_HOST_FOREIGN', host);
    return {
      businessId,
      // The site's back end knows its page by its own means.
      secret: '',
      qr,
      ...(expiresIn === undefined ? {} : { expiresAt: askedAt + expiresIn * 1_000 }),
    };
  }

  return {
    ...description,
    offers: scenes.map((offered) => ({ scene: offered, driver: 'site' })),
    ...siteSigning(channel),
    ...siteKeys(channel),
    events: siteEvents(channel, scene),

    async open(request, openingId, environment, signal) {
      const askedAt = environment.now();
      const shown = await channel.ask('open', { request: asked(request), openingId }, signal);
      return toHandle(shown, askedAt);
    },

    async renew(handle, request, openingId, environment, signal) {
      const askedAt = environment.now();
      const params = { request: asked(request), openingId, after: handle.businessId };
      const shown = await channel.ask('open', params, signal);
      if (shown.businessId === handle.businessId) {
        throw new CodedError('SITE_FLOW_PROTOCOL', 'renewed under the old business id');
      }
      return toHandle(shown, askedAt);
    },

    /** The login itself is between the site and its front server. */
    result: () => Promise.resolve(undefined),

    async cancel({ businessId }, _environment, signal) {
      await channel.ask('cancel', { businessId }, signal);
    },
  };
}

/** What the page is told of the request. */
function asked(request: RelayRequest): SiteQuestionParams<'open'>['request'] {
  if (request.scene === 'login') return { scene: 'login', documents: [] };
  const { scene, documents } = request;
  const common = { scene, documents: documents.map(({ name, size, sm3 }) => ({ name, size, sm3 })) };
  if (request.scene !== 'decrypt') return common;
  const { purpose } = request;
  return request.purpose === 'check'
    ? { ...common, purpose }
    : { ...common, purpose, oneTimeKey: request.oneTimeKey };
}
