import { signSm2 } from '../../gm/sm2.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { postToSession, type Fetch } from './front-server-calls.ts';
import type { PendingSigning, PhoneAgent } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { untilGiven } from './phone-waiting.ts';
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

/** The parts, undefined where the answer has none that this phone would sign. */
function readToBeSigned(texts: unknown, pending: PendingSigning, own: OwnMeans): Uint8Array[] | undefined {
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

/** The signing scenes' part of the phone. */
export function createSigning(
  fetch: Fetch,
  pollMs: number,
): Pick<PhoneAgent, 'identify' | 'untilToBeSigned' | 'sign'> {
  /** What this phone said of itself, by the request to which it said so. */
  const said = new WeakMap<PendingSigning, OwnMeans>();

  async function refuseUnknown(pending: PendingSigning): Promise<never> {
    await postToSession(fetch, pending, 'refuse').catch(() => undefined);
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
      await postToSession(fetch, pending, 'identify', {
        certificate: toBase64(certificate),
        chain: chain.map(toBase64),
        seals: offered.map(({ id, name, seal }) => ({ id, name, seal: toBase64(seal) })),
      });
      said.set(pending, { certificate, seals: offered.map(({ seal }) => seal) });
    },

    async untilToBeSigned(pending, signal) {
      const own = meansFor(pending);
      const { parts, ...left } = await untilGiven(fetch, pollMs, pending, signal);
      const toBeSigned = readToBeSigned(parts, pending, own);
      if (toBeSigned === undefined) return refuseUnknown(pending);
      const signingNumber = signingNumberOf(pending.businessId, digestOf(pending), toBeSigned);
      return { toBeSigned, signingNumber, ...left };
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
      await postToSession(fetch, pending, 'confirm', { result });
    },
  };
}
