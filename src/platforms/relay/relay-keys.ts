import * as v from 'valibot';
import { CodedError } from '../../protocol/coded-error.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { relayKeysSchema, relayResultSchema } from '../../protocol/relay-messages.ts';
import type { Platform } from '../platform.ts';
import { exchange, requireSameId, sessionCall } from './relay-exchange.ts';

/** The result of scene `decrypt` at a platform that speaks relay protocol v1. */
export const relayKeys: Pick<Platform, 'keys'> = {
  async keys(handle, request, { encryptionCertificate }, count, environment, signal) {
    const answer = await exchange(
      sessionCall('GET', environment.frontServer, handle, 'result'),
      relayResultSchema,
      timeLimits.result,
      environment,
      signal,
    );
    requireSameId(answer.businessId, handle);
    const parsed = v.safeParse(relayKeysSchema, answer.result);
    if (!parsed.success) throw new CodedError('FRONT_SERVER_PROTOCOL', 'result is no list of keys');
    const result = parsed.output;
    const answersRequest =
      result.businessId === handle.businessId &&
      result.origin === request.origin &&
      result.certificate === encryptionCertificate &&
      result.keys.length === count;
    if (!answersRequest) throw new CodedError('RESULT_MISMATCH');
    return result.keys;
  },
};
