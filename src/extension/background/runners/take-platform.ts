import type { SessionDriver } from '../../../protocol/drivers.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { driverOf, isAllowedPlatform, platformToTake, type Deployment } from '../configuration.ts';
import { sitePlatformOf } from '../sessions/site-platform-of.ts';

/** Which platform, and who runs its flow. */
export interface TakenPlatform {
  readonly platform: PlatformId;
  readonly driver: SessionDriver;
}

/**
 * The platform that a session takes without asking the user; undefined when the user has to choose.
 * @param ofUser the user's default
 * @returns 'none' when none can serve
 */
export function takePlatform(
  { platform: chosen, request }: Pick<SessionRecord, 'platform' | 'request'>,
  deployment: Deployment,
  ofUser?: PlatformId,
): TakenPlatform | 'none' | undefined {
  const { scene, params } = request;
  const ofPage = sitePlatformOf(request);
  if (ofPage !== undefined) {
    return isAllowedPlatform(deployment, ofPage) ? { platform: ofPage, driver: 'site' } : 'none';
  }
  const named = chosen ?? ('platform' in params ? params.platform : undefined);
  const platform = platformToTake(deployment, named, ofUser, scene);
  if (platform === undefined || platform === 'none') return platform;
  const driver = driverOf(deployment, platform, scene);
  return driver === undefined ? 'none' : { platform, driver };
}
