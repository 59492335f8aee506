import { timeLimits } from '../../protocol/limits.ts';
import { relayResultSchema } from '../../protocol/relay-messages.ts';
import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import type { PlatformEnvironment, PlatformHandle } from '../platform.ts';
import { exchange, requireSameId, sessionCall } from './relay-exchange.ts';

/**
 * What the confirmed session of `handle` gives, not decoded yet: each scene has its own. Within `timeLimits.result`.
 * @throws CodedError of the groups `platform` and `user`
 */
export async function readRelayResult(
  handle: PlatformHandle,
  environment: PlatformEnvironment,
  signal: AbortSignalLike,
): Promise<unknown> {
  const answer = await exchange(
    sessionCall('GET', environment.frontServer, handle, 'result'),
    relayResultSchema,
    timeLimits.result,
    environment,
    signal,
  );
  requireSameId(answer.businessId, handle);
  return answer.result;
}
