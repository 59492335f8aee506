import { lanePath } from '../../../protocol/native-messages.ts';

/** What the lane looks at of a request; every value of a repeated header. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headersDistinct: Readonly<Record<string, string[] | undefined>>;
}

export interface LaneAudience {
  readonly port: number;
  /** The one origin that may ask, without a slash at its end. */
  readonly origin: string;
}

export type Verdict =
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'preflight' }
  /** All is right but the token, which is as it was sent. */
  | { readonly kind: 'transfer'; readonly direction: 'upload' | 'download'; readonly token: string };

/**
 * Whom a request comes from and what it wants. Any local process can connect, and any page can make a browser
 * connect: `Host` tells a rebound name apart, `Origin` another caller, the token everybody else.
 */
export function judgeRequest(
  { method, url, headersDistinct }: RequestHead,
  { port, origin }: LaneAudience,
): Verdict {
  const only = (name: string) => {
    const values = headersDistinct[name] ?? [];
    return values.length === 1 ? values[0] : undefined;
  };
  if (only('host') !== `127.0.0.1:${port}` || only('origin') !== origin) return refuse(403);
  if (url !== lanePath) return refuse(404);
  if (method === 'OPTIONS') {
    const wanted = only('access-control-request-method');
    return directionOf(wanted) === undefined ? refuse(405) : { kind: 'preflight' };
  }
  const direction = directionOf(method);
  if (direction === undefined) return refuse(405);
  const token = /^Bearer ([\w-]{43})$/.exec(only('authorization') ?? '')?.[1];
  return token === undefined ? refuse(403) : { kind: 'transfer', direction, token };
}

/**
 * The status to refuse the body of an upload with, or `undefined` when it is announced as exactly `size` bytes. Node
 * ends a body at its `Content-Length`, so nothing can be sent beyond it.
 */
export function judgeBody(headers: RequestHead['headersDistinct'], size: number): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return 411;
  const lengths = headers['content-length'] ?? [];
  if (lengths.length !== 1) return 411;
  if (lengths[0] === String(size)) return undefined;
  return Number(lengths[0]) > size ? 413 : 400;
}

/** A browser whose extension may reach the loopback address anyway sends `Origin` with a POST, but not with a GET. */
function directionOf(method: string | undefined): 'upload' | 'download' | undefined {
  if (method === 'PUT') return 'upload';
  return method === 'GET' || method === 'POST' ? 'download' : undefined;
}

function refuse(status: number): Verdict {
  return { kind: 'refused', status };
}
