import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

/**
 * The site's own client of a platform's front server, by the words of `platforms/RELAY-PROTOCOL.md` and no code of
 * the bridge: as a trading system does that knows nothing of it.
 */
export interface LegacyFrontServer {
  /** @param request scene, origin, and the challenge or the documents. @throws FrontServerError */
  open(request: JsonObject): Promise<LegacyQr>;
  /** The last that happened; `waiting` before anything, `expired` where the front server forgot it. @throws FrontServerError */
  state(qr: LegacyQr): Promise<LegacyQrState>;
  /** What the phone gave, once `confirmed`. @throws FrontServerError */
  result(qr: LegacyQr): Promise<unknown>;
  /** Nobody waits any more. @throws FrontServerError */
  cancel(qr: LegacyQr): Promise<void>;
}

export interface LegacyQr {
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
export type LegacyQrState = (typeof qrStates)[number];

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

/** @param base at which the front server is reached now, without a slash at its end */
export function createLegacyFrontServer(base: () => string): LegacyFrontServer {
  async function call(
    method: 'GET' | 'POST',
    path: string,
    { body, secret }: { body?: JsonObject; secret?: string },
  ): Promise<unknown> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (secret !== undefined) headers.set('authorization', `Bearer ${secret}`);
    const init: RequestInit = { method, headers, redirect: 'error', signal: AbortSignal.timeout(answerMs) };
    if (body !== undefined) init.body = JSON.stringify(body);
    const answered = await fetch(`${base()}${path}`, init).catch(() => undefined);
    if (answered === undefined) throw new FrontServerError('not reached');
    if (!answered.ok) throw new FrontServerError('refused', answered.status);
    if (answered.status === 204) return undefined;
    return answered.json().catch(() => undefined);
  }

  async function events(qr: LegacyQr): Promise<LegacyQrState> {
    const path = `/sessions/${qr.businessId}/events?after=0&wait=0`;
    const answer = await call('GET', path, { secret: qr.secret });
    const list: unknown = isJsonObject(answer) ? answer['events'] : undefined;
    if (!Array.isArray(list)) throw new FrontServerError('events: no list');
    if (list.length === 0) return 'waiting';
    const last: unknown = list.at(-1);
    const known = qrStates.find((state) => isJsonObject(last) && last['type'] === state);
    if (known === undefined) throw new FrontServerError('events: an unknown one');
    return known;
  }

  return {
    async open(request) {
      const body = { protocol: 'ca-bridge-relay/1', requestId: randomUUID(), ...request };
      const answer = await call('POST', '/sessions', { body });
      if (!isJsonObject(answer)) throw new FrontServerError('open: no object');
      const { businessId, secret, qr: content, expiresIn } = answer;
      if (typeof businessId !== 'string' || typeof secret !== 'string' || typeof content !== 'string') {
        throw new FrontServerError('open: not as agreed');
      }
      return { businessId, secret, content, ...(typeof expiresIn === 'number' ? { expiresIn } : {}) };
    },
    async state(qr) {
      try {
        return await events(qr);
      } catch (error) {
        if (error instanceof FrontServerError && error.status === 404) return 'expired';
        throw error;
      }
    },
    async result({ businessId, secret }) {
      const answer = await call('GET', `/sessions/${businessId}/result`, { secret });
      if (!isJsonObject(answer)) throw new FrontServerError('result: no object');
      return answer['result'];
    },
    async cancel({ businessId, secret }) {
      await call('POST', `/sessions/${businessId}/cancel`, { body: {}, secret });
    },
  };
}
