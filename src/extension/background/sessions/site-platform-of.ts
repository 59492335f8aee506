import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { SessionRequest } from '../../storage/session-record.ts';

/** The platform whose flow the page runs itself; undefined where the extension is to run it. */
export function sitePlatformOf({ params }: SessionRequest): PlatformId | undefined {
  return 'site' in params ? params.site?.platform : undefined;
}
