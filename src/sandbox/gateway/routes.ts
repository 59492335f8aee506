/** The calls of the document, as tests and fault injection name them. */
export type CallName =
  | 'open'
  | 'events'
  | 'identity'
  | 'submit'
  | 'result'
  | 'renew'
  | 'cancel'
  | 'scan'
  | 'stillWanted'
  | 'identify'
  | 'confirm'
  | 'refuse';

export interface Route {
  readonly call: CallName;
  /** The base address under which the call came in. */
  readonly base: string;
  /** Empty for `open`. */
  readonly businessId: string;
}

/** Which methods a path takes; preflights name the path, not the call. */
export interface Place {
  readonly caller: 'extension' | 'phone';
  readonly routes: Readonly<Record<string, Route>>;
}

type Row = readonly [path: RegExp, caller: Place['caller'], calls: Readonly<Record<string, CallName>>];

const table: readonly Row[] = [
  [/^\/sessions$/, 'extension', { POST: 'open' }],
  [/^\/sessions\/([\w-]+)\/events$/, 'extension', { GET: 'events' }],
  [/^\/sessions\/([\w-]+)\/identity$/, 'extension', { GET: 'identity' }],
  [/^\/sessions\/([\w-]+)\/to-be-signed$/, 'extension', { POST: 'submit' }],
  [/^\/sessions\/([\w-]+)\/result$/, 'extension', { GET: 'result' }],
  [/^\/sessions\/([\w-]+)\/renew$/, 'extension', { POST: 'renew' }],
  [/^\/sessions\/([\w-]+)\/cancel$/, 'extension', { POST: 'cancel' }],
  [/^\/scan\/([\w-]+)$/, 'phone', { POST: 'scan', GET: 'stillWanted' }],
  [/^\/scan\/([\w-]+)\/identify$/, 'phone', { POST: 'identify' }],
  [/^\/scan\/([\w-]+)\/confirm$/, 'phone', { POST: 'confirm' }],
  [/^\/scan\/([\w-]+)\/refuse$/, 'phone', { POST: 'refuse' }],
];

/** What lies at `path` (as sent) of a front server with these base addresses. */
export function placeAt(path: string, bases: readonly string[]): Place | undefined {
  for (const base of bases) {
    const prefix = new URL(base).pathname;
    if (!path.startsWith(`${prefix}/`)) continue;
    const rest = path.slice(prefix.length);
    for (const [pattern, caller, calls] of table) {
      const match = pattern.exec(rest);
      if (match === null) continue;
      const businessId = match[1] ?? '';
      const routes = Object.entries(calls).map(([method, call]) => [method, { call, base, businessId }]);
      return { caller, routes: Object.fromEntries(routes) as Place['routes'] };
    }
  }
  return undefined;
}

const usualBodyBytes = 65_536;
const bodyBytes: Readonly<Partial<Record<CallName, number>>> = {
  identify: 8 * 1024 ** 2,
  submit: 24 * 1024 ** 2,
};

/** Bytes of the largest body that is read at `path`. */
export function bodyLimitAt(path: string, bases: readonly string[]): number {
  const call = placeAt(path, bases)?.routes['POST']?.call;
  return (call && bodyBytes[call]) ?? usualBodyBytes;
}
