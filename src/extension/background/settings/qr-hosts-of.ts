import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { Deployment } from '../configuration.ts';
import { directoryOf } from './directory-of.ts';

/** Hosts that QRs of this platform may name, as the directory has them; subdomains count. */
export function qrHostsOf(deployment: Deployment, platform: PlatformId): readonly string[] {
  return directoryOf(deployment).find(({ id }) => id === platform)?.qrHosts ?? [];
}
