import { isJsonObject, type JsonObject } from '../http/json-body.ts';

/**
 * The site's own client of a platform's front server, by the words of `platforms/RELAY-PROTOCOL.md` and no code of
 * the bridge. All calls throw FrontServerError.
 */
export interface FrontServerClient {
  /** @param request requestId, scene, origin, and the challenge or the documents */
  open(request: JsonObject): Promise<FrontServerQr>;
  /** A new QR for the same request. */
  renew(qr: FrontServerQr, requestId: string): Promise<FrontServerQr>;
  /**
   * The last that happened; `waiting` before anything, `expired` where the front server forgot it. Holds for
   * `waitSeconds` while it is still `after`.
   */
  state(qr: FrontServerQr, after?: unknown, waitSeconds?: number): Promise<QrState>;
  /** Who scanned, after `identified`. */
  identity(qr: FrontServerQr): Promise<JsonObject>;
  /** What the phone is to sign or to open, base64. */
  submit(qr: FrontServerQr, parts: readonly string[]): Promise<void>;
  /** What the phone gave, once `confirmed`. */
  result(qr: FrontServerQr): Promise<unknown>;
  /** Nobody waits any more. */
  cancel(qr: FrontServerQr): Promise<void>;
}

export interface FrontServerQr {
  readonly businessId: string;
  readonly secret: string;
  readonly content: string;
  /** Seconds from the answer; absent where the platform sets no limit. */
  readonly expiresIn?: number;
}

const qrStates = [
  'waiting',
  'scanned',
  'identified',
  'confirmed',
  'refused',
  'expired',
  'cancelled',
] as const;
export type QrState = (typeof qrStates)[number];

/** The front server was not reached, refused or said something else than agreed. */
export class FrontServerError extends Error {
  /** Of the answer, undefined where there was none. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'FrontServerError';
    this.status = status;
  }
}

const answerMs = 5_000;

interface Call {
  readonly body?: JsonObject;
  readonly secret?: string;
  /** How long the front server may hold the call. */
  readonly holdMs?: number;
}

/** @param base at which the front server is reached now, without a slash at its end */
export function createFrontServerClient(base: () => string): FrontServerClient {
  async function call(
    method: 'GET' | 'POST',
    path: string,
    { body, secret, holdMs = 0 }: Call,
  ): Promise<unknown> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (secret !== undefined) headers.set('authorization', `Bearer ${secret}`);
    const signal = AbortSignal.timeout(holdMs + answerMs);
    const init: RequestInit = { method, headers, redirect: 'error', signal };
    if (body !== undefined) init.body = JSON.stringify(body);
    const answered = await fetch(`${base()}${path}`, init).catch(() => undefined);
    if (answered === undefined) throw new FrontServerError('not reached');
    if (!answered.ok) throw new FrontServerError('refused', answered.status);
    if (answered.status === 204) return undefined;
    return answered.json().catch(() => undefined);
  }

  async function callOf(
    method: 'GET' | 'POST',
    { businessId, secret }: FrontServerQr,
    path: string,
    further: Omit<Call, 'secret'> = {},
  ): Promise<JsonObject> {
    const answer = await call(method, `/sessions/${businessId}/${path}`, { ...further, secret });
    if (answer !== undefined && !isJsonObject(answer)) throw new FrontServerError(`${path}: no object`);
    return answer ?? {};
  }

  async function eventsOf(qr: FrontServerQr, after: number, seconds: number): Promise<readonly QrState[]> {
    const path = `events?after=${after}&wait=${seconds}`;
    const { events } = await callOf('GET', qr, path, { holdMs: seconds * 1_000 });
    if (!Array.isArray(events)) throw new FrontServerError('events: no list');
    return events.map((event: unknown) => {
      const known = qrStates.find((state) => isJsonObject(event) && event['type'] === state);
      if (known === undefined) throw new FrontServerError('events: an unknown one');
      return known;
    });
  }

  async function stateOf(qr: FrontServerQr, after: unknown, seconds: number): Promise<QrState> {
    const known = await eventsOf(qr, 0, 0);
    const state = known.at(-1) ?? 'waiting';
    if (state !== after || seconds === 0) return state;
    return (await eventsOf(qr, known.length, seconds)).at(-1) ?? state;
  }

  return {
    open: async (request) =>
      toQr(await call('POST', '/sessions', { body: { protocol: 'ca-bridge-relay/1', ...request } })),
    renew: async (qr, requestId) => toQr(await callOf('POST', qr, 'renew', { body: { requestId } })),
    async state(qr, after, waitSeconds = 0) {
      try {
        return await stateOf(qr, after, waitSeconds);
      } catch (error) {
        if (error instanceof FrontServerError && error.status === 404) return 'expired';
        throw error;
      }
    },
    identity: (qr) => callOf('GET', qr, 'identity'),
    async submit(qr, parts) {
      await callOf('POST', qr, 'to-be-signed', { body: { toBeSigned: parts } });
    },
    result: async (qr) => (await callOf('GET', qr, 'result'))['result'],
    async cancel(qr) {
      await callOf('POST', qr, 'cancel', { body: {} });
    },
  };
}

function toQr(answer: unknown): FrontServerQr {
  if (!isJsonObject(answer)) throw new FrontServerError('open: no object');
  const { businessId, secret, qr: content, expiresIn } = answer;
  if (typeof businessId !== 'string' || typeof secret !== 'string' || typeof content !== 'string') {
    throw new FrontServerError('open: not as agreed');
  }
  return { businessId, secret, content, ...(typeof expiresIn === 'number' ? { expiresIn } : {}) };
}
