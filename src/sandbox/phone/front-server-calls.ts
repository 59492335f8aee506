import { PhoneError, type PhoneErrorCode } from './phone-error.ts';

/** `fetch`, or a stand-in that maps addresses. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly address: string;
  readonly secret?: string;
  readonly body?: unknown;
  /** Characters of the longest answer that is read; 64 Ki unless told. */
  readonly longestAnswer?: number;
}

/** A session that a scan has bound to this phone. */
export interface OwnSession {
  readonly address: string;
  readonly phoneSecret: string;
}

const timeoutMs = 10_000;
const usualAnswer = 65_536;

const codesByStatus: Readonly<Record<number, PhoneErrorCode>> = {
  401: 'unknownQr',
  404: 'unknownQr',
  409: 'alreadyScanned',
  410: 'ended',
  429: 'busy',
};

/**
 * One call to the front server; the answer's JSON, or undefined where it has no body.
 * @throws PhoneError by status; `network` without an answer, `protocol` for one that is no JSON.
 */
export async function callFrontServer(fetch: Fetch, call: Call): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (call.secret !== undefined) headers['authorization'] = `Bearer ${call.secret}`;
  const init: RequestInit = {
    method: call.method,
    headers,
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(timeoutMs),
  };
  if (call.body !== undefined) init.body = JSON.stringify(call.body);

  let status: number;
  let text: string;
  try {
    const response = await fetch(call.address, init);
    ({ status } = response);
    text = await response.text();
  } catch {
    throw new PhoneError('network');
  }
  if (status >= 500) throw new PhoneError('serverFailed', String(status));
  if (status >= 400) throw new PhoneError(codesByStatus[status] ?? 'protocol', text.slice(0, 200));
  if (status === 204) return undefined;
  if (text.length > (call.longestAnswer ?? usualAnswer)) throw new PhoneError('protocol', 'answer too long');
  try {
    return JSON.parse(text);
  } catch {
    throw new PhoneError('protocol', 'no JSON');
  }
}

/** A call for a session of this phone. @throws PhoneError as `callFrontServer` */
export function postToSession(
  fetch: Fetch,
  { address, phoneSecret }: OwnSession,
  call: 'identify' | 'confirm' | 'refuse',
  body?: unknown,
): Promise<unknown> {
  return callFrontServer(fetch, {
    method: 'POST',
    address: `${address}/${call}`,
    secret: phoneSecret,
    ...(body === undefined ? {} : { body }),
  });
}
