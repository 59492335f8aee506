import type { OpeningPurpose } from './binding.ts';
import type { CallName } from './routes.ts';
import { relayError } from './relay-errors.ts';
import type { Answer } from '../http/exchange.ts';

/** Ways in which the front server can misbehave on demand. */
export type Fault =
  /** Cuts every connection without an answer. */
  | { readonly kind: 'down' }
  /** Answers this call `delayMs` late. */
  | { readonly kind: 'slow'; readonly call: CallName; readonly delayMs: number }
  /** Never answers this call. */
  | { readonly kind: 'hang'; readonly call: CallName }
  /** Answers this call with HTTP 500 the next `times` times. */
  | { readonly kind: 'serverError'; readonly call: CallName; readonly times: number }
  /** Answers this call with its usual status and a body that is no JSON. */
  | { readonly kind: 'garbage'; readonly call: CallName }
  /** Answers this call rightly, in more than 64 KiB. */
  | { readonly kind: 'huge'; readonly call: CallName }
  /** Names another business id in the answer to this call. */
  | { readonly kind: 'foreignBusinessId'; readonly call: 'open' | 'renew' | 'events' | 'identity' | 'result' }
  /** The QR carries the digest of another request. */
  | { readonly kind: 'foreignDigest' }
  /** The QR leads to another front server. */
  | { readonly kind: 'foreignBase' }
  /** Every events answer starts again at the first event. */
  | { readonly kind: 'replayedEvents' }
  /** Events are numbered 2, 4, 6 … */
  | { readonly kind: 'sequenceGap' }
  /** Every event has a type that the document does not know. */
  | { readonly kind: 'unknownEvent' }
  /** The result names another origin. */
  | { readonly kind: 'resultOfAnotherOrigin' }
  /** The result names another business id. */
  | { readonly kind: 'resultOfAnotherSession' }
  /** The result is none of its format. */
  | { readonly kind: 'malformedResult' }
  /** `expiresIn` is this. */
  | { readonly kind: 'absurdExpiry'; readonly expiresIn: unknown }
  /** The answer to this call names another subscriber's certificate (base64 DER). */
  | {
      readonly kind: 'swappedCertificate';
      readonly call: 'identity' | 'result';
      readonly certificate: string;
    }
  /** Each signature is one of another key over something else. */
  | { readonly kind: 'foreignSignature' }
  /** The last document's signature is left out. */
  | { readonly kind: 'missingSignature' }
  /** The phone is given other bytes to sign than the extension submitted: with another digest in them. */
  | { readonly kind: 'swappedToBeSigned' }
  /** The identity comes in more than 8 MiB. */
  | { readonly kind: 'hugeIdentity' }
  /** Each seal is cut short. */
  | { readonly kind: 'malformedSeal' }
  /** Says that the phone has identified itself although nobody scanned. */
  | { readonly kind: 'identityBeforeScan' }
  /** The phone is shown all documents but the last. */
  | { readonly kind: 'droppedDocuments' }
  /** The phone is shown other names of documents. */
  | { readonly kind: 'alteredDocumentName' }
  /** The phone is told another purpose of a decryption. */
  | { readonly kind: 'alteredPurpose'; readonly purpose: OpeningPurpose }
  /** The identity names this encryption certificate (base64 DER), also where none is asked for. */
  | { readonly kind: 'swappedEncryptionCertificate'; readonly certificate: string }
  /** The identity comes without the encryption certificate. */
  | { readonly kind: 'withoutEncryptionCertificate' }
  /** The identity comes with this seal (base64 DER), also where none is asked for. */
  | { readonly kind: 'unaskedSeal'; readonly seal: string }
  /** The phone is told this one-time key (base64), also where there is none to tell. */
  | { readonly kind: 'swappedOneTimeKey'; readonly oneTimeKey: string }
  /** The phone is told no one-time key. */
  | { readonly kind: 'withoutOneTimeKey' }
  /** The opened keys come in the reverse order. */
  | { readonly kind: 'swappedKeys' }
  /** Each key is wrapped rightly and is of no file. */
  | { readonly kind: 'foreignKeys' }
  /** Each key is said to be one that the phone could not open. */
  | { readonly kind: 'withheldKeys' }
  /** The last key is left out. */
  | { readonly kind: 'missingKey' }
  /** The last key comes twice. */
  | { readonly kind: 'surplusKey' }
  /** In place of each key. */
  | { readonly kind: 'malformedKey'; readonly key: unknown }
  /** The keys are said to be of another scene. */
  | { readonly kind: 'resultOfAnotherScene' };

/** True where the fault of a kind is set, for this call if it names one. */
export function hasFault(faults: readonly Fault[], kind: Fault['kind'], call?: CallName): boolean {
  return faults.some((fault) => fault.kind === kind && (!('call' in fault) || fault.call === call));
}

/** Resolves after `ms`, or when `gone` aborts; without `ms` only then. */
function pause(gone: AbortSignal, ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === undefined ? undefined : setTimeout(() => settle(), ms);
    const settle = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', settle);
      resolve();
    };
    if (gone.aborted) settle();
    else gone.addEventListener('abort', settle);
  });
}

/** What the faults do before the call is served: waits, and possibly an answer instead of serving. */
export async function troubleBefore(
  faults: readonly Fault[],
  call: CallName,
  gone: AbortSignal,
  failed: (fault: Fault) => number,
): Promise<Answer | 'destroy' | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'down') return 'destroy';
    if (!('call' in fault) || fault.call !== call) continue;
    if (fault.kind === 'slow') await pause(gone, fault.delayMs);
    if (fault.kind === 'hang') {
      await pause(gone);
      return 'destroy';
    }
    if (fault.kind === 'serverError' && failed(fault) <= fault.times) {
      return relayError('server_error', 'injected fault');
    }
  }
  return undefined;
}
