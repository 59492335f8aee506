import { signSm2 } from '../../gm/sm2.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { callFrontServer, type Fetch } from './front-server-calls.ts';
import type { PendingSigning, PhoneAgent } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { memberOf, secondsOf } from './read-scan.ts';
import { digestOf, signingNumberOf } from './request-binding.ts';
import { isSignable, type OwnMeans } from './signable.ts';

export interface PhoneSeal {
  /** 1 to 64 characters of `A-Z a-z 0-9 _ -`. */
  readonly id: string;
  readonly name: string;
  /** SESeal (GB/T 38540), DER. */
  readonly seal: Uint8Array;
}

/** What the phone says of itself. */
export interface PhoneIdentity {
  /** Signing certificate, DER. */
  readonly certificate: Uint8Array;
  /** DER, issuers without the root. */
  readonly chain: readonly Uint8Array[];
  readonly seals: readonly PhoneSeal[];
}

export interface WhatToSign {
  /** One for each document. */
  readonly toBeSigned: readonly Uint8Array[];
  /** Two decimal digits that the computer's window shows too, bound to exactly these bytes. */
  readonly signingNumber: string;
  /** Seconds left. */
  readonly expiresIn?: number;
}

const longestAnswer = 24 * 1024 ** 2;
const usualSeconds = 900;

/** Resolves after `ms`, or at once when `signal` aborts. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    if (signal?.aborted) settle();
    else signal?.addEventListener('abort', settle);
  });
}

/** The parts, undefined where the answer has none that this phone would sign. */
function readToBeSigned(answer: unknown, pending: PendingSigning, own: OwnMeans): Uint8Array[] | undefined {
  const texts = memberOf(answer, 'toBeSigned');
  if (!Array.isArray(texts)) return undefined;
  try {
    const parts = texts.map((text) => fromBase64(String(text)));
    return areSignable(parts, pending, own) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function areSignable(
  parts: readonly Uint8Array[],
  { scene, documents }: PendingSigning,
  own: OwnMeans,
): boolean {
  return (
    parts.length === documents.length &&
    documents.every((document, index) => isSignable(parts[index] ?? new Uint8Array(), scene, document, own))
  );
}

const isPassing = (error: unknown): boolean =>
  error instanceof PhoneError && (error.code === 'network' || error.code === 'serverFailed');

/** The signing scenes' part of the phone. */
export function createSigning(
  fetch: Fetch,
  pollMs: number,
): Pick<PhoneAgent, 'identify' | 'untilToBeSigned' | 'sign'> {
  /** What this phone said of itself, by the request to which it said so. */
  const said = new WeakMap<PendingSigning, OwnMeans>();

  const post = (pending: PendingSigning, call: string, body?: unknown) =>
    callFrontServer(fetch, {
      method: 'POST',
      address: `${pending.address}/${call}`,
      secret: pending.phoneSecret,
      ...(body === undefined ? {} : { body }),
    });

  async function refuseUnknown(pending: PendingSigning): Promise<never> {
    await post(pending, 'refuse').catch(() => undefined);
    throw new PhoneError('unknownContent');
  }

  function meansFor(pending: PendingSigning): OwnMeans {
    const own = said.get(pending);
    if (own === undefined) throw new PhoneError('protocol', 'not identified');
    return own;
  }

  return {
    async identify(pending, { certificate, chain, seals }) {
      const offered = pending.scene === 'signature' ? seals : [];
      await post(pending, 'identify', {
        certificate: toBase64(certificate),
        chain: chain.map(toBase64),
        seals: offered.map(({ id, name, seal }) => ({ id, name, seal: toBase64(seal) })),
      });
      said.set(pending, { certificate, seals: offered.map(({ seal }) => seal) });
    },

    async untilToBeSigned(pending, signal) {
      const own = meansFor(pending);
      const { address, phoneSecret: secret, businessId } = pending;
      for (let end = Date.now() + usualSeconds * 1_000; ; await pause(pollMs, signal)) {
        if (signal?.aborted) throw new PhoneError('ended', 'nobody waits any more');
        let answer: unknown;
        try {
          answer = await callFrontServer(fetch, { method: 'GET', address, secret, longestAnswer });
        } catch (error) {
          if (isPassing(error) && Date.now() < end) continue;
          throw error;
        }
        const left = secondsOf(answer);
        end = Date.now() + (left.expiresIn ?? usualSeconds) * 1_000;
        if (memberOf(answer, 'state') !== 'toBeSigned') continue;
        const toBeSigned = readToBeSigned(answer, pending, own);
        if (toBeSigned === undefined) return refuseUnknown(pending);
        return {
          toBeSigned,
          signingNumber: signingNumberOf(businessId, digestOf(pending), toBeSigned),
          ...left,
        };
      }
    },

    async sign(pending, { privateKey, certificate }, toBeSigned) {
      if (!areSignable(toBeSigned, pending, meansFor(pending))) return refuseUnknown(pending);
      const { businessId, origin, scene } = pending;
      const result = {
        format: 'ca-bridge-signatures/1',
        businessId,
        origin,
        scene,
        certificate: toBase64(certificate),
        signatures: toBeSigned.map((part) => toBase64(signSm2(privateKey, part))),
      };
      await post(pending, 'confirm', { result });
    },
  };
}
