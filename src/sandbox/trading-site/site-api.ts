import type { LoginToken } from '../../protocol/login-token.ts';
import type { VerificationReport } from '../../protocol/verification.ts';
import type { LoggedIn } from './logged-in.ts';

/** The site's back end refused; `code` is one of the catalogue or a `SiteCode`, `reason` the verifier's. */
export class SiteRefusal extends Error {
  readonly code: string;
  readonly reason: string | undefined;

  constructor({ error, reason }: { readonly error: string; readonly reason?: string }) {
    super(error);
    this.name = 'SiteRefusal';
    this.code = error;
    this.reason = reason;
  }
}

/** One call of the back end; what it answered, undefined for nothing. @throws SiteRefusal */
export async function callSite(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = { method, cache: 'no-store' };
  if (method === 'POST') {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(path, init);
  const answer = response.status === 204 ? undefined : ((await response.json()) as unknown);
  if (!response.ok) throw new SiteRefusal(answer as { error: string });
  return answer;
}

/** A fresh challenge, bound to this browser by a cookie. */
export async function fetchChallenge(): Promise<string> {
  return ((await callSite('POST', '/api/challenge')) as { challenge: string }).challenge;
}

/** Hands over the token that answers `challenge`; afterwards this browser is logged in. */
export async function submitToken(challenge: string, token: LoginToken): Promise<void> {
  await callSite('POST', '/api/login', { challenge, token });
}

/** Undefined when nobody is logged in. */
export async function fetchLoggedIn(): Promise<LoggedIn | undefined> {
  try {
    return (await callSite('GET', '/api/session')) as LoggedIn;
  } catch (error) {
    if (error instanceof SiteRefusal) return undefined;
    throw error;
  }
}

export async function logOut(): Promise<void> {
  await callSite('POST', '/api/logout');
}

/** The site's trust anchors, base64 DER. */
export async function fetchTrustAnchors(): Promise<string[]> {
  return ((await callSite('GET', '/api/trust-anchors')) as { trustAnchors: string[] }).trustAnchors;
}

/** What the site's own back end says of a sealed or signed file. */
export async function verifyAtSite(file: File): Promise<VerificationReport> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await fetch('/api/verify', { method: 'POST', headers, body: file, cache: 'no-store' });
  if (!response.ok) throw new SiteRefusal((await response.json()) as { error: string });
  return (await response.json()) as VerificationReport;
}
