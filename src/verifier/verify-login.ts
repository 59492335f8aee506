import { buildChain, type ChainRefusal } from '../gm/certificate-chain.ts';
import type { Certificate } from '../gm/certificate.ts';
import { loginSignatureInput } from '../gm/login-token.ts';
import { sm2SignatureHolds } from '../gm/sm2.ts';
import { sm3 } from '../gm/sm3.ts';
import { toHex } from '../lib/bytes.ts';
import type { ErrorCode } from '../protocol/error-codes.ts';
import { sizeLimits } from '../protocol/limits.ts';
import { isTrustworthyOrigin } from '../protocol/origins.ts';
import type { ChallengeStore, ChallengeVerdict } from './challenge-store.ts';
import { decodeLoginToken } from './decode-login-token.ts';
import type { TrustAnchors } from './trust-anchors.ts';

export interface LoginAttempt {
  /** What the browser sent: the token of `login()`, as an object or as JSON text. */
  readonly token: unknown;
  /** The challenge that this session was given. */
  readonly challenge: string;
  /** The session that the challenge was issued to, as told to `issue`. */
  readonly sessionKey: string;
  /** The site's own origin, from its configuration; never from a header of the request. */
  readonly origin: string;
  readonly anchors: TrustAnchors;
  readonly challenges: ChallengeStore;
  /** The moment at which certificates must be valid; the present unless told. */
  readonly now?: Date;
}

/** Who logged in, as the verified signing certificate says. */
export interface LoginSubject {
  /** Common name, or the whole name where there is none. */
  readonly name: string;
  readonly organization?: string;
  /** 统一社会信用代码. */
  readonly creditCode?: string;
  /** The certificate's, lower-case hexadecimal. Unique within one issuer. */
  readonly serialNumber: string;
  /** SM3 of the certificate's DER, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** Issuer's name in the form of RFC 4514. */
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Codes of `src/protocol/error-codes.ts` that a login can be refused with. */
export type LoginRefusal = Extract<
  ErrorCode,
  | 'TOKEN_MALFORMED'
  | 'TOKEN_ORIGIN_MISMATCH'
  | 'TOKEN_SIGNATURE_INVALID'
  | `CHALLENGE_${'UNKNOWN' | 'STALE' | 'REUSED'}`
  | `CERTIFICATE_${'MALFORMED' | 'NOT_YET_VALID' | 'EXPIRED' | 'UNTRUSTED' | 'KEY_USAGE'}`
>;

export type LoginResult =
  { readonly ok: true; readonly subject: LoginSubject } | { readonly ok: false; readonly code: LoginRefusal };

const challengeCodes: Readonly<Record<Exclude<ChallengeVerdict, 'ok'>, LoginRefusal>> = {
  unknown: 'CHALLENGE_UNKNOWN',
  stale: 'CHALLENGE_STALE',
  reused: 'CHALLENGE_REUSED',
};

const certificateCodes: Readonly<Record<ChainRefusal, LoginRefusal>> = {
  malformed: 'CERTIFICATE_MALFORMED',
  notYetValid: 'CERTIFICATE_NOT_YET_VALID',
  expired: 'CERTIFICATE_EXPIRED',
  keyUsage: 'CERTIFICATE_KEY_USAGE',
  untrusted: 'CERTIFICATE_UNTRUSTED',
};

/**
 * Verifies a login token. Whatever the browser sent, the promise is fulfilled.
 *
 * The first well-formed token uses the challenge up, whether it then holds or not: there is no second try at one
 * challenge, no gap between looking and using, and never more signatures to verify than challenges were issued. A
 * token that is not well-formed, and a challenge of another session, use nothing up, so that nobody can spoil
 * another's login.
 *
 * The signature is checked against the origin and the challenge given here, never against what the token claims.
 * Revocation is not looked at.
 *
 * @throws TypeError (rejects) when `origin` is no serialised https or loopback origin: a fault of the site's
 *   configuration. Rejects also with whatever the site's own challenge store throws.
 */
export async function verifyLogin(attempt: LoginAttempt): Promise<LoginResult> {
  const { challenge, sessionKey, origin, anchors, challenges, now = new Date() } = attempt;
  if (!isTrustworthyOrigin(origin)) throw new TypeError('origin: no serialised https or loopback origin');

  const token = decodeLoginToken(attempt.token);
  if (token === undefined) return refuse('TOKEN_MALFORMED');

  if (!isText(challenge, sizeLimits.challengeMax) || !isText(sessionKey, Infinity)) {
    return refuse('CHALLENGE_UNKNOWN');
  }
  const verdict = await challenges.consume(challenge, sessionKey);
  if (verdict !== 'ok') return refuse(challengeCodes[verdict]);

  const { scene, businessId, origin: claimedOrigin } = token.claims;
  if (claimedOrigin !== origin) return refuse('TOKEN_ORIGIN_MISMATCH');

  const { certificate: leaf, chain: intermediates } = token;
  const built = buildChain({ leaf, intermediates, anchors, at: now, purpose: 'digitalSignature' });
  if (!built.ok) return refuse(certificateCodes[built.reason]);

  const signed = loginSignatureInput({ origin, challenge, scene, businessId });
  if (!sm2SignatureHolds(built.leaf.publicKey, signed, token.signature)) {
    return refuse('TOKEN_SIGNATURE_INVALID');
  }
  return { ok: true, subject: subjectOf(built.leaf) };
}

function refuse(code: LoginRefusal): LoginResult {
  return { ok: false, code };
}

/** A site in plain JavaScript may hand over what the browser left out. */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}

function subjectOf(certificate: Certificate): LoginSubject {
  const { subject, creditCode, serialNumber, issuer, notBefore, notAfter } = certificate;
  return Object.freeze({
    name: subject.commonName ?? subject.text,
    ...(subject.organization === undefined ? {} : { organization: subject.organization }),
    ...(creditCode === undefined ? {} : { creditCode }),
    serialNumber,
    fingerprint: toHex(sm3(certificate.raw)),
    issuer: issuer.text,
    notBefore,
    notAfter,
  });
}
