import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Answer } from './exchange.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Names that the build gives; no slash, so no way out of the folder. */
const assetPath = /^\/assets\/[\w-]+(?:\.[\w-]+)+$/;

export interface StaticFiles {
  /** The built sandbox. */
  readonly folder: string;
  /** Page files by the path at which they are served; `/assets/…` is served always. */
  readonly pages: Readonly<Record<string, string>>;
  /** Origins other than the page's own to which it may talk. */
  readonly connectTo?: readonly string[];
  /** Paths of pages that may frame, and be framed by, pages of their own origin; none unless told. */
  readonly ownFrames?: readonly string[];
}

/** Headers that keep a page to its own files: no inline script, no foreign host, no frame but its own where told. */
function pageHeaders(connectTo: readonly string[], ownFrames: boolean): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' mediastream:",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    ...(ownFrames ? ["frame-src 'self'", "frame-ancestors 'self'"] : ["frame-ancestors 'none'"]),
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}

/** The page or asset at `path`; undefined where none is. 503 where the sandbox has not been built. */
export async function staticAnswer(
  { folder, pages, connectTo = [], ownFrames = [] }: StaticFiles,
  path: string,
): Promise<Answer | undefined> {
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  const file = page ?? (assetPath.test(path) ? path.slice(1) : undefined);
  if (file === undefined) return undefined;
  try {
    const body = await readFile(join(folder, file));
    const type = types[extname(file)] ?? 'application/octet-stream';
    const headers = { 'content-type': type, ...pageHeaders(connectTo, ownFrames.includes(path)) };
    return { status: 200, headers, body };
  } catch {
    if (page === undefined) return undefined;
    return {
      status: 503,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'The sandbox is not built.',
    };
  }
}
