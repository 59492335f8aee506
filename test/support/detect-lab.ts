import type { Page } from 'playwright-core';
import { encodeQR } from 'qr';
import { listen } from '../../src/sandbox/http/loopback-server.ts';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import type { UiSnapshot } from '../../src/protocol/ui-messages.ts';
import type { MirrorView } from '../../src/protocol/mirror-view.ts';
import { launchBrowser, type LaunchedBrowser } from './browser.ts';
import { fieldOrigin } from './lab.ts';
import { projectPath } from './project-paths.ts';
import { createTlsCertificate } from './x509.ts';

/** What a path of the test's own sites answers. */
export interface ServedFile {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser with the QA build, and pages of a test's own on its sites; no sandbox, no clients. */
export interface DetectLab {
  readonly browser: LaunchedBrowser;
  /** How often each address was asked for, as `origin/path?query`. */
  readonly asked: ReadonlyMap<string, number>;
  /** Serves HTML at `path` of the named site, or of another origin, and opens it. */
  open(html: string, options?: { readonly path?: string; readonly files?: ServedFiles }): Promise<Page>;
  /** What the extension has found, as its pages are told. */
  mirrors(): Promise<readonly MirrorView[]>;
  /** Waits for a prompt that `wanted` accepts. @throws Error after fifteen seconds */
  untilShown(wanted: (mirror: MirrorView) => boolean): Promise<MirrorView>;
  /** Waits until no page shows a prompt. @throws Error after fifteen seconds */
  untilNone(): Promise<void>;
  /** After the worker was stopped. */
  listenAgain(): Promise<void>;
  close(): Promise<void>;
}

/** By whole address. */
export type ServedFiles = Readonly<Record<string, ServedFile>>;

export const html = (body: string): ServedFile => ({ type: 'text/html; charset=utf-8', body });

/** Another origin on which the QA build runs: a configured site that is not the page's own. */
export const secondSite = sandboxOrigins.site;
/** An origin on which the extension does not run. */
export const strangeSite = 'https://pictures.example';

const patienceMs = 15_000;

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const endsAt = Date.now() + patienceMs; Date.now() < endsAt;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('what was waited for did not come');
}

export async function startDetectLab(): Promise<DetectLab> {
  const hosts = [new URL(fieldOrigin).hostname, new URL(strangeSite).hostname] as const;
  const tls = createTlsCertificate(hosts);
  const files = new Map<string, ServedFile>();
  const asked = new Map<string, number>();
  const serve =
    (scheme: string) =>
    async ({
      path,
      query,
      headers,
    }: {
      path: string;
      query: URLSearchParams;
      headers: { host?: string | undefined };
    }) => {
      const search = query.size === 0 ? '' : `?${query.toString()}`;
      const address = `${scheme}://${headers.host ?? ''}${path}`;
      asked.set(`${address}${search}`, (asked.get(`${address}${search}`) ?? 0) + 1);
      const file = files.get(address);
      if (file === undefined) return { status: 404 };
      return { status: 200, headers: { 'content-type': file.type, ...file.headers }, body: file.body };
    };
  const secure = await listen(serve('https'), { port: 0, tls });
  const plain = await listen(serve('http'), { port: 0 });
  const browser = await launchBrowser({
    extensionFolder: projectPath('dist/qa'),
    resolverRules: [
      ...hosts.map((host) => `MAP ${host} 127.0.0.1:${secure.port}`),
      `MAP ${new URL(secondSite).host} 127.0.0.1:${plain.port}`,
    ],
    trustedKeys: [tls.spkiHash],
  });
  // A page of the extension's own hears what the background tells of; the tested pages lie in front of it.
  const listener = await browser.openPage('src/extension/popup/popup.html');
  const listenAgain = async () => {
    await listener.evaluate(`
      globalThis.snapshot = undefined;
      chrome.runtime.connect({ name: 'ca-bridge-ui' })
        .onMessage.addListener((snapshot) => { globalThis.snapshot = snapshot; });`);
  };
  await listenAgain();
  const mirrors = async () => {
    const snapshot = await listener.evaluate<UiSnapshot | undefined>('globalThis.snapshot');
    return (snapshot?.mirrors ?? []).filter(({ state }) => state !== 'gone');
  };
  return {
    browser,
    asked,
    async open(body, { path = '/page', files: further = {} } = {}) {
      files.set(`${fieldOrigin}${path}`, html(body));
      for (const [address, file] of Object.entries(further)) files.set(address, file);
      const page = await browser.context.newPage();
      await page.goto(`${fieldOrigin}${path}`);
      return page;
    },
    listenAgain,
    mirrors,
    untilShown: (wanted) => until(async () => (await mirrors()).find(wanted)),
    async untilNone() {
      await until(async () => (await mirrors()).length === 0 || undefined);
    },
    async close() {
      await browser.close();
      await Promise.all([secure.close(), plain.close()]);
    },
  };
}

/** Rows of a QR, true for dark, two modules of quiet zone. */
export function qrRows(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
}

/** The QR as an SVG file of one path. */
export function qrSvg(text: string, side = 180): string {
  const rows = qrRows(text);
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${rows.length} ${rows.length}"><rect width="${rows.length}" height="${rows.length}" fill="#fff"/><path d="${path}"/></svg>`;
}

/** The QR as a GIF file, `scale` pixels a module. */
export function qrGif(text: string, scale = 4): Uint8Array {
  return encodeQR(text, 'gif', { ecc: 'medium', border: 2, scale });
}

export const qrGifAddress = (text: string): string =>
  `data:image/gif;base64,${Buffer.from(qrGif(text)).toString('base64')}`;
