import { assertNever } from '../../../lib/assert-never.ts';
import { localPlatform } from '../../../platforms/local/local-platform.ts';
import type { Platform, PlatformEnvironment } from '../../../platforms/platform.ts';
import { platforms } from '../../../platforms/registry.ts';
import { sitePlatform } from '../../../platforms/site/site-platform.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { frontServerOf, isAllowedPlatform, type Deployment } from '../configuration.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { createVendorChannel } from '../native/create-vendor-channel.ts';
import type { SiteQuestions } from '../page/site-questions.ts';
import { pause, platformEnvironment } from '../platform-transport.ts';
import { qrHostsOf } from '../settings/qr-hosts-of.ts';
import type { TakenPlatform } from './take-platform.ts';

/** A platform by one driver, and what of the outside world it may use. */
export interface Reached {
  readonly platform: Platform;
  readonly environment: PlatformEnvironment;
}

export interface ReachParts {
  readonly deployment: Deployment;
  readonly siteQuestions: Pick<SiteQuestions, 'channel'>;
  readonly desk: Pick<DocumentDesk, 'withClient'>;
}

/** Page and local service are no front servers: nothing is fetched for them. */
const withoutNetwork: PlatformEnvironment = {
  frontServer: '',
  http: () => Promise.resolve({ failure: 'unreachable' }),
  now: Date.now,
  pause,
};

/** How `session` reaches a platform by this driver; undefined where the deployment does not let it. */
export function reachPlatform(
  session: SessionRecord,
  { platform: id, driver }: TakenPlatform,
  { deployment, siteQuestions, desk }: ReachParts,
): Reached | undefined {
  const registered = platforms[id];
  const { name, hotline, connector } = registered;
  const description = { id, name, ...(hotline === undefined ? {} : { hotline }) };
  const { scene } = session.request;
  switch (driver) {
    case 'relay': {
      const frontServer = frontServerOf(deployment, id);
      if (frontServer === undefined) return undefined;
      return { platform: registered, environment: platformEnvironment(frontServer) };
    }
    case 'site': {
      const channel = siteQuestions.channel(session.asker);
      const qrHosts = qrHostsOf(deployment, id);
      const siteOrigins = [session.asker.origin];
      const platform = sitePlatform({ ...description, channel, scene, qrHosts, siteOrigins });
      return { platform, environment: withoutNetwork };
    }
    case 'local': {
      if (connector === undefined || !isAllowedPlatform(deployment, id)) return undefined;
      const channel = createVendorChannel(session, desk);
      const submitted = () => session.signing.toBeSigned ?? [];
      const platform = localPlatform({ ...description, connector, channel, scene, submitted });
      return { platform, environment: withoutNetwork };
    }
    default:
      return assertNever(driver);
  }
}
