import * as v from 'valibot';
import { CodedError } from '../../protocol/coded-error.ts';
import { relayKeysSchema } from '../../protocol/relay-messages.ts';
import type { Platform } from '../platform.ts';
import { readRelayResult } from './relay-result.ts';

/** The result of scene `decrypt` at a platform that speaks relay protocol v1. */
export const relayKeys: Pick<Platform, 'keys'> = {
  async keys(handle, request, { encryptionCertificate }, count, environment, signal) {
    const given = await readRelayResult(handle, environment, signal);
    const parsed = v.safeParse(relayKeysSchema, given);
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
