import { loginSignatureInput } from '../../gm/login-token.ts';
import { signSm2 } from '../../gm/sm2.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { callFrontServer, postToSession, type Fetch, type OwnSession } from './front-server-calls.ts';
import { PhoneError } from './phone-error.ts';
import type { QrContent } from './qr-content.ts';
import { canBeShown, readAsked, secondsOf, textOf } from './read-scan.ts';
import {
  boundPart,
  digestOf,
  matchingNumberOf,
  type AskedCheck,
  type AskedDocument,
  type AskedEncryption,
  type AskedFor,
  type AskedLogin,
  type AskedOpening,
  type AskedSigning,
} from './request-binding.ts';
import type { OpeningRequest } from './opening-request.ts';
import {
  createOpening,
  type BidIdentity,
  type EncryptionCredential,
  type WhatToOpen,
} from './phone-opening.ts';
import { createSigning, type PhoneIdentity, type WhatToSign } from './phone-signing.ts';

export type { OpeningRequest } from './opening-request.ts';
export type { BidIdentity, EncryptionCredential, WhatToOpen } from './phone-opening.ts';
export type { PhoneIdentity, PhoneSeal, WhatToSign } from './phone-signing.ts';

interface Scanned extends OwnSession {
  readonly platformName: string;
  readonly businessId: string;
  readonly matchingNumber: string;
  /** Seconds left at the answer to the scan; absent where the platform sets no limit. */
  readonly expiresIn?: number;
}

/** What the user is asked to confirm, after every check that the phone can make. */
export type PendingLogin = Scanned & AskedLogin;
export type PendingSigning = Scanned & AskedSigning;
export type PendingEncryption = Scanned & AskedEncryption;
/** Nothing is opened: only whose phone it is is asked. */
export type PendingCheck = Scanned & AskedCheck;
export type PendingOpening = Scanned & AskedOpening;
export type PendingBid = PendingEncryption | PendingCheck | PendingOpening;
export type PendingRequest = PendingLogin | PendingSigning | PendingBid;

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
  scan(qr: QrContent): Promise<PendingRequest>;
  /** Signs and hands the login token over. */
  confirm(pending: PendingLogin, credential: SigningCredential): Promise<void>;
  /** The user found the numbers equal: says who signs, and with which seals where seals are asked for. */
  identify(pending: PendingSigning, identity: PhoneIdentity): Promise<void>;
  /**
   * Waits, after `identify`, for what the computer's side wants signed.
   * @throws PhoneError `unknownContent` where it is not what was asked for: the session has then been refused.
   * @throws PhoneError `ended` also when `signal` aborts
   */
  untilToBeSigned(pending: PendingSigning, signal?: AbortSignal): Promise<WhatToSign>;
  /** Signs what `untilToBeSigned` gave and hands the signatures over. @throws PhoneError as it does */
  sign(
    pending: PendingSigning,
    credential: SigningCredential,
    toBeSigned: readonly Uint8Array[],
  ): Promise<void>;
  /** The user found the numbers equal: says whose phone this is, with its encryption certificate. */
  identifyForBid(pending: PendingBid, identity: BidIdentity): Promise<void>;
  /**
   * Waits, after `identifyForBid`, for the envelopes that the computer's side wants opened.
   * @throws PhoneError `unknownEnvelope` where they are not of what was asked for: the session has then been refused.
   * @throws PhoneError `ended` also when `signal` aborts
   */
  untilToOpen(pending: PendingOpening, signal?: AbortSignal): Promise<WhatToOpen>;
  /**
   * Opens what `untilToOpen` gave, after the user's PIN, and hands each content over for the announced one-time key alone.
   * @returns the documents whose envelopes the key has opened, at least one
   * @throws PhoneError `nothingOpened`: the session has then been refused; else as `untilToOpen`
   */
  open(
    pending: PendingOpening,
    credential: EncryptionCredential,
    requests: readonly OpeningRequest[],
  ): Promise<readonly AskedDocument[]>;
  refuse(pending: PendingRequest): Promise<void>;
  /** @throws PhoneError `ended` once the computer's side gave up. */
  checkStillWanted(pending: PendingRequest): Promise<void>;
}

/** What is asked, if it is what the QR is bound to and can be shown. @throws PhoneError */
function checkedRequest(
  answer: unknown,
  { businessId, boundDigest }: QrContent,
): AskedFor & Pick<Scanned, 'matchingNumber'> {
  const asked = readAsked(answer);
  const digest = digestOf(asked);
  const agrees = boundPart(digest) === boundDigest && textOf(answer, 'businessId') === businessId;
  if (!agrees || !canBeShown(asked)) throw new PhoneError('alteredQr');
  return { ...asked, matchingNumber: matchingNumberOf(businessId, digest) };
}

/** @param pollMs how often it asks for what is to be signed or opened; every second unless told */
export function createPhoneAgent(fetch: Fetch, { pollMs = 1_000 }: { pollMs?: number } = {}): PhoneAgent {
  return {
    ...createSigning(fetch, pollMs),
    ...createOpening(fetch, pollMs),

    async scan(qr) {
      const { platform, businessId, scanToken } = qr;
      const address = `${platform.base}/scan/${businessId}`;
      const answer = await callFrontServer(fetch, { method: 'POST', address, body: { token: scanToken } });
      const phoneSecret = textOf(answer, 'phoneSecret');
      try {
        return {
          ...checkedRequest(answer, qr),
          platformName: platform.name,
          businessId,
          ...secondsOf(answer),
          address,
          phoneSecret,
        };
      } catch (error) {
        await postToSession(fetch, { address, phoneSecret }, 'refuse').catch(() => undefined);
        throw error;
      }
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
      await postToSession(fetch, pending, 'confirm', { result });
    },

    async refuse(pending) {
      await postToSession(fetch, pending, 'refuse');
    },

    async checkStillWanted({ address, phoneSecret }) {
      await callFrontServer(fetch, { method: 'GET', address, secret: phoneSecret });
    },
  };
}
