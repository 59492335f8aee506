import { loginSignatureInput } from '../../gm/login-token.ts';
import { signSm2 } from '../../gm/sm2.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { callFrontServer, type Fetch } from './front-server-calls.ts';
import { PhoneError } from './phone-error.ts';
import type { QrContent } from './qr-content.ts';
import { boundPart, digestOf, matchingNumberOf } from './request-binding.ts';

/** What the user is asked to confirm, after every check that the phone can make. */
export interface PendingLogin {
  readonly platformName: string;
  readonly businessId: string;
  readonly origin: string;
  readonly challenge: string;
  readonly matchingNumber: string;
  /** Seconds left at the answer to the scan; absent where the platform sets no limit. */
  readonly expiresIn?: number;
  readonly address: string;
  readonly phoneSecret: string;
}

/** The signing half of a certificate pair. */
export interface SigningCredential {
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, issuers from the certificate's own upward, without the root. */
  readonly chain: readonly Uint8Array[];
}

/** The side of the phone app that needs no screen. */
export interface PhoneAgent {
  /**
   * Binds the session of a QR to this phone and checks that QR, front server and request agree.
   * @throws PhoneError `alteredQr` where they do not: the session has then been refused for the user.
   */
  scan(qr: QrContent): Promise<PendingLogin>;
  /** Signs and hands the login token over. */
  confirm(pending: PendingLogin, credential: SigningCredential): Promise<void>;
  refuse(pending: PendingLogin): Promise<void>;
  /** @throws PhoneError `ended` once the computer's side gave up. */
  checkStillWanted(pending: PendingLogin): Promise<void>;
}

const originPattern = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;

function textOf(answer: unknown, name: string): string {
  const value = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  if (typeof value !== 'string') throw new PhoneError('protocol', `no ${name}`);
  return value;
}

/** `expiresIn`, which the platform may leave out. */
function secondsOf(answer: unknown): { expiresIn?: number } {
  const value: unknown = Reflect.get(answer as object, 'expiresIn');
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? { expiresIn: value } : {};
}

export function createPhoneAgent(fetch: Fetch): PhoneAgent {
  const post = (pending: Pick<PendingLogin, 'address' | 'phoneSecret'>, call: string, body?: unknown) =>
    callFrontServer(fetch, {
      method: 'POST',
      address: `${pending.address}/${call}`,
      secret: pending.phoneSecret,
      ...(body === undefined ? {} : { body }),
    });

  return {
    async scan({ platform, businessId, scanToken, boundDigest }) {
      const address = `${platform.base}/scan/${businessId}`;
      const answer = await callFrontServer(fetch, { method: 'POST', address, body: { token: scanToken } });
      const asked = {
        scene: textOf(answer, 'scene'),
        origin: textOf(answer, 'origin'),
        challenge: textOf(answer, 'challenge'),
      };
      const phoneSecret = textOf(answer, 'phoneSecret');
      const digest = digestOf(asked);
      const agrees = boundPart(digest) === boundDigest && textOf(answer, 'businessId') === businessId;
      if (!agrees || !originPattern.test(asked.origin)) {
        await post({ address, phoneSecret }, 'refuse').catch(() => undefined);
        throw new PhoneError('alteredQr');
      }
      if (asked.scene !== 'login') {
        await post({ address, phoneSecret }, 'refuse').catch(() => undefined);
        throw new PhoneError('unsupported', asked.scene);
      }
      return {
        platformName: platform.name,
        businessId,
        origin: asked.origin,
        challenge: asked.challenge,
        matchingNumber: matchingNumberOf(businessId, digest),
        ...secondsOf(answer),
        address,
        phoneSecret,
      };
    },

    async confirm(pending, { privateKey, certificate, chain }) {
      const { businessId, origin, challenge } = pending;
      const input = loginSignatureInput({ origin, challenge, scene: 'login', businessId });
      const result = {
        format: 'ca-bridge-login/1',
        algorithm: 'SM2-SM3',
        scene: 'login',
        businessId,
        origin,
        certificate: toBase64(certificate),
        chain: chain.map(toBase64),
        signature: toBase64(signSm2(privateKey, input)),
      };
      await post(pending, 'confirm', { result });
    },

    async refuse(pending) {
      await post(pending, 'refuse');
    },

    async checkStillWanted({ address, phoneSecret }) {
      await callFrontServer(fetch, { method: 'GET', address, secret: phoneSecret });
    },
  };
}
