import { concatBytes, utf8 } from '../lib/bytes.ts';
import { sm3 } from './sm3.ts';

/** What a login signature binds together. All are text; the origin is a serialised origin without a slash. */
export interface LoginBinding {
  readonly origin: string;
  readonly challenge: string;
  readonly scene: string;
  readonly businessId: string;
}

/**
 * The message that a login token's SM2-with-SM3 signature covers:
 * SM3(origin) ‖ SM3(challenge) ‖ scene ‖ businessId, text in UTF-8.
 * It has one reading although nothing separates scene and business id: no scene is the beginning of another.
 */
export function loginSignatureInput({ origin, challenge, scene, businessId }: LoginBinding): Uint8Array {
  return concatBytes(sm3(utf8(origin)), sm3(utf8(challenge)), utf8(scene), utf8(businessId));
}
