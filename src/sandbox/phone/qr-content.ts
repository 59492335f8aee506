import { PhoneError } from './phone-error.ts';
import type { PhonePlatform } from './platform-list.ts';

export interface QrContent {
  readonly platform: PhonePlatform;
  readonly businessId: string;
  readonly scanToken: string;
  /** base64url of the first 16 bytes of the digest of what is asked. */
  readonly boundDigest: string;
}

/**
 * `{base}/scan/{businessId}#{scanToken}.{digest}` of one of `platforms`. The base must match as text: an address
 * that merely resolves alike is another one.
 * @throws PhoneError `foreignQr`.
 */
export function readQrContent(text: string, platforms: readonly PhonePlatform[]): QrContent {
  for (const platform of platforms) {
    const prefix = `${platform.base}/scan/`;
    if (!text.startsWith(prefix)) continue;
    const match = /^([\w-]{16,64})#([\w-]{22,128})\.([\w-]{22})$/.exec(text.slice(prefix.length));
    const [, businessId, scanToken, boundDigest] = match ?? [];
    if (businessId === undefined || scanToken === undefined || boundDigest === undefined) break;
    return { platform, businessId, scanToken, boundDigest };
  }
  throw new PhoneError('foreignQr');
}
