import { Sm2Error } from '../../gm/sm2-curve.ts';
import { encryptSm2 } from '../../gm/sm2-encryption.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { SiteAnswer } from '../../protocol/site-flow.ts';
import type { OpeningRequest, Platform } from '../platform.ts';
import type { SiteChannel } from './site-channel.ts';

type GivenKey = NonNullable<SiteAnswer<'keys'>['keys'][number]>;

/** The result of scene `decrypt`: keys wrapped to the client's one-time key, whatever the platform gave. */
export function siteKeys(channel: SiteChannel): Pick<Platform, 'keys'> {
  return {
    async keys({ businessId }, request, _identity, count, _environment, signal) {
      const { keys } = await channel.ask('keys', { businessId }, signal);
      if (keys.length !== count) throw new CodedError('SITE_FLOW_PROTOCOL', 'not one key for each envelope');
      return keys.map((key) => (key === null ? null : wrapped(key, request)));
    },
  };
}

/** A bare key is wrapped before anything is stored of it: only the client's process can open it again. */
function wrapped({ form, key }: GivenKey, request: OpeningRequest): string {
  if (form === 'wrapped') return key;
  if (request.purpose === 'check') throw new CodedError('BRIDGE_INTERNAL', 'nothing is opened');
  const bare = readBase64(key);
  try {
    return toBase64(encryptSm2(fromBase64(request.oneTimeKey), bare));
  } catch (error) {
    if (error instanceof Sm2Error) throw new CodedError('BRIDGE_INTERNAL', 'one-time key unusable');
    throw error;
  } finally {
    bare.fill(0);
  }
}

function readBase64(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (error) {
    if (error instanceof RangeError) throw new CodedError('SITE_FLOW_PROTOCOL', 'key is no base64');
    throw error;
  }
}
