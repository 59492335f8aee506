import { randomId } from './binding.ts';
import type { CallName } from './routes.ts';
import { relayError } from './relay-errors.ts';
import { jsonAnswer, type Answer } from '../http/exchange.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

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
  | { readonly kind: 'foreignBusinessId'; readonly call: 'open' | 'renew' | 'events' | 'result' }
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
  /** The login token names another origin. */
  | { readonly kind: 'resultOfAnotherOrigin' }
  /** The login token names another business id. */
  | { readonly kind: 'resultOfAnotherSession' }
  /** The login token is no token. */
  | { readonly kind: 'malformedResult' }
  /** `expiresIn` is this. */
  | { readonly kind: 'absurdExpiry'; readonly expiresIn: unknown };

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

/** The answer as the faults falsify it; error answers stay true. */
export function falsify(faults: readonly Fault[], call: CallName, answer: Answer): Answer {
  if (answer.status >= 400 || typeof answer.body !== 'string') return answer;
  let body = JSON.parse(answer.body) as JsonObject;
  for (const fault of faults) body = falsifyBody(fault, call, body);
  if (hasFault(faults, 'garbage', call)) return { ...answer, body: '<html>502 Bad Gateway</html>' };
  return jsonAnswer(answer.status, body, answer.headers ?? {});
}

function falsifyBody(fault: Fault, call: CallName, body: JsonObject): JsonObject {
  if (fault.kind === 'huge' && fault.call === call) return { ...body, padding: 'x'.repeat(80_000) };
  if (fault.kind === 'foreignBusinessId' && fault.call === call) return { ...body, businessId: randomId() };
  if (call === 'open' || call === 'renew') return falsifySession(fault, body);
  if (call === 'events') return { ...body, events: falsifyEvents(fault, body['events'] as JsonObject[]) };
  if (call === 'result') return { ...body, result: falsifyToken(fault, body['result']) };
  return body;
}

function falsifySession(fault: Fault, body: JsonObject): JsonObject {
  const qr = String(body['qr']);
  if (fault.kind === 'absurdExpiry') return { ...body, expiresIn: fault.expiresIn };
  if (fault.kind === 'foreignBase')
    return { ...body, qr: qr.replace(/^\w+:\/\/[^/]+/, 'https://front.invalid') };
  if (fault.kind !== 'foreignDigest') return body;
  return { ...body, qr: qr.replace(/\.[\w-]+$/, `.${randomId().slice(0, 22)}`) };
}

function falsifyEvents(fault: Fault, events: readonly JsonObject[]): readonly JsonObject[] {
  if (fault.kind === 'sequenceGap') {
    return events.map((event) => ({ ...event, sequence: Number(event['sequence']) * 2 }));
  }
  return fault.kind === 'unknownEvent' ? events.map((event) => ({ ...event, type: 'teleported' })) : events;
}

function falsifyToken(fault: Fault, token: unknown): unknown {
  if (!isJsonObject(token)) return token;
  if (fault.kind === 'malformedResult') return { ...token, certificate: 42 };
  if (fault.kind === 'resultOfAnotherSession') return { ...token, businessId: randomId() };
  return fault.kind === 'resultOfAnotherOrigin' ? { ...token, origin: 'https://elsewhere.invalid' } : token;
}
