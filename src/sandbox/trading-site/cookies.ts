import type { Exchange } from '../http/exchange.ts';

/** Value of the cookie, undefined where it did not come. */
export function cookieOf({ headers }: Exchange, name: string): string | undefined {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/** A `set-cookie` value that no script and no other site can use; an empty `value` deletes it. */
export function cookieLine({ secure }: Exchange, name: string, value: string): string {
  const end = value === '' ? '; Max-Age=0' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`;
}
