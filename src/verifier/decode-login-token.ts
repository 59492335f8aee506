import * as v from 'valibot';
import { fromBase64 } from '../lib/bytes.ts';
import { sizeLimits } from '../protocol/limits.ts';
import { loginTokenSchema, type LoginToken } from '../protocol/login-token.ts';

/** A login token with its base64 members decoded. Well-formed, nothing else. */
export interface DecodedToken {
  readonly claims: Pick<LoginToken, 'scene' | 'businessId' | 'origin'>;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER. */
  readonly chain: readonly Uint8Array[];
  /** DER. */
  readonly signature: Uint8Array;
}

/** Certificates at their largest and a kilobyte for the rest: more is refused before it is parsed. */
const maxJsonLength = sizeLimits.base64Certificate * (sizeLimits.chainLength + 1) + 1_024;

/** Decodes a token, given as JSON text or as the object that it stands for; undefined for anything else. */
export function decodeLoginToken(token: unknown): DecodedToken | undefined {
  try {
    const { certificate, chain, signature, ...claims } = v.parse(loginTokenSchema, toObject(token));
    return {
      claims,
      certificate: fromBase64(certificate),
      chain: chain.map(fromBase64),
      signature: fromBase64(signature),
    };
  } catch {
    // Whatever a hostile value makes the steps above throw, getters of its own included.
    return undefined;
  }
}

function toObject(token: unknown): unknown {
  if (typeof token !== 'string') return token;
  if (token.length > maxJsonLength) throw new RangeError('token too long');
  return JSON.parse(token);
}
