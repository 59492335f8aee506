import { EnvelopeError, openEnvelope, openEnvelopeKey, type Envelope } from '../../gm/enveloped-data.ts';
import { encryptSm2 } from '../../gm/sm2-encryption.ts';
import { equalBytes, toBase64 } from '../../lib/bytes.ts';
import { postToSession, type Fetch } from './front-server-calls.ts';
import { readOpeningRequests, type OpeningRequest } from './opening-request.ts';
import type { PendingBid, PendingOpening, PhoneAgent } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { untilGiven } from './phone-waiting.ts';
import { digestOf, signingNumberOf } from './request-binding.ts';

/** What the phone says of itself when bids are encrypted or opened. */
export interface BidIdentity {
  /** Signing certificate, DER. */
  readonly certificate: Uint8Array;
  /** DER, issuers without the root. */
  readonly chain: readonly Uint8Array[];
  /** DER; absent where the phone has none. */
  readonly encryptionCertificate?: Uint8Array;
}

/** The encryption half of a certificate pair. */
export interface EncryptionCredential {
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface WhatToOpen {
  /** At least one, at most one for each document. */
  readonly requests: readonly OpeningRequest[];
  /** Two decimal digits that the computer's window shows too, bound to exactly these requests. */
  readonly signingNumber: string;
  /** Seconds left. */
  readonly expiresIn?: number;
}

/** Bytes of what an envelope may hold: keys, not contents. */
const contentLength = { least: 16, most: 64 } as const;

interface Said {
  /** DER. */
  readonly encryptionCertificate?: Uint8Array | undefined;
  /** Once they have been looked at. */
  readonly requests?: readonly OpeningRequest[];
}

/** The part of the phone for scenes `encrypt` and `decrypt`. */
export function createOpening(
  fetch: Fetch,
  pollMs: number,
): Pick<PhoneAgent, 'identifyForBid' | 'untilToOpen' | 'open'> {
  const said = new WeakMap<PendingBid, Said>();

  async function refuseWith(pending: PendingOpening, code: 'unknownEnvelope' | 'nothingOpened') {
    await postToSession(fetch, pending, 'refuse').catch(() => undefined);
    return new PhoneError(code);
  }

  function saidFor(pending: PendingOpening): Said & { readonly encryptionCertificate: Uint8Array } {
    const { encryptionCertificate, requests } = said.get(pending) ?? {};
    if (encryptionCertificate === undefined) throw new PhoneError('protocol', 'not identified for this');
    return { encryptionCertificate, ...(requests && { requests }) };
  }

  return {
    async identifyForBid(pending, { certificate, chain, encryptionCertificate }) {
      await postToSession(fetch, pending, 'identify', {
        certificate: toBase64(certificate),
        chain: chain.map(toBase64),
        ...(encryptionCertificate && { encryptionCertificate: toBase64(encryptionCertificate) }),
      });
      said.set(pending, { encryptionCertificate });
    },

    async untilToOpen(pending, signal) {
      const own = saidFor(pending);
      const { parts, ...left } = await untilGiven(fetch, pollMs, pending, signal);
      const requests = readOpeningRequests(parts, pending.documents);
      if (requests === undefined) throw await refuseWith(pending, 'unknownEnvelope');
      said.set(pending, { ...own, requests });
      const raw = requests.map((request) => request.raw);
      const signingNumber = signingNumberOf(pending.businessId, digestOf(pending), raw);
      return { requests, signingNumber, ...left };
    },

    async open(pending, { privateKey, certificate }, requests) {
      const own = saidFor(pending);
      const known = own.requests === requests && equalBytes(certificate, own.encryptionCertificate);
      if (!known) throw await refuseWith(pending, 'unknownEnvelope');
      const keys = requests.map(({ envelope }) => wrappedKey(envelope, privateKey, pending.oneTimeKey));
      if (keys.every((key) => key === null)) throw await refuseWith(pending, 'nothingOpened');
      const { businessId, origin, scene } = pending;
      const result = {
        format: 'ca-bridge-keys/1',
        scene,
        businessId,
        origin,
        certificate: toBase64(certificate),
        keys,
      };
      await postToSession(fetch, pending, 'confirm', { result });
      return requests.filter((_, index) => keys[index] !== null).map(({ document }) => document);
    },
  };
}

/** What is in the envelope, for the announced one-time key alone; null where this key does not open it. */
function wrappedKey(envelope: Envelope, privateKey: Uint8Array, oneTimeKey: Uint8Array): string | null {
  const content = contentOf(envelope, privateKey);
  if (content === undefined) return null;
  try {
    const fits = content.length >= contentLength.least && content.length <= contentLength.most;
    return fits ? toBase64(encryptSm2(oneTimeKey, content)) : null;
  } finally {
    content.fill(0);
  }
}

/** The content, or, of an envelope that comes without, the key to it: then the content stays with the computer. */
function contentOf(envelope: Envelope, privateKey: Uint8Array): Uint8Array | undefined {
  try {
    const open = envelope.encryptedContent === undefined ? openEnvelopeKey : openEnvelope;
    // By the key and not by the certificate's name, which was another before a renewal with the same key.
    return open(envelope, { privateKey });
  } catch (error) {
    if (error instanceof EnvelopeError) return undefined;
    throw error;
  }
}
