import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import {
  createPhoneAgent,
  type PendingCheck,
  type PendingEncryption,
  type PendingLogin,
  type PendingOpening,
  type PendingRequest,
  type PendingSigning,
  type PhoneAgent,
} from '../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../src/sandbox/phone/qr-content.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import type { SessionState } from '../../src/protocol/session-states.ts';
import { launchBrowser, type LaunchedBrowser } from './browser.ts';
import { projectPath } from './project-paths.ts';
import { readQrFromScreenshot } from './qr-from-screenshot.ts';
import { testSubscriber, type TestSubscriber } from './test-subscriber.ts';
import { createTlsCertificate } from './x509.ts';

export const fieldOrigin = 'https://ggzy.zhanjiang.gov.cn';

export interface LabOptions {
  readonly faults?: readonly Fault[];
  readonly qrLifetimeSeconds?: number;
  readonly locale?: 'zh-CN' | 'en';
  /** Folder under `dist/`; the QA build unless told. `none` is a browser without extension. */
  readonly extension?: 'qa' | 'store' | 'none';
  readonly clients?: boolean;
  readonly headless?: boolean;
  readonly signal?: AbortSignal;
}

/** Sandbox, browser with the extension, and a phone: everything real, on ports of their own. */
export interface Lab {
  readonly world: World;
  readonly browser: LaunchedBrowser;
  readonly phone: PhoneAgent;
  readonly subscriber: TestSubscriber;
  /** The trading site's login page, on the named site (in the public address space) unless told. */
  openSite(origin?: string): Promise<Page>;
  /** The next prompt window that opens, ready with its content. */
  nextPrompt(): Promise<Page>;
  /** Reads the QR from the window's pixels and scans it with the phone. */
  scan(prompt: Page): Promise<PendingLogin>;
  /** The same for a request to sign. */
  scanToSign(prompt: Page): Promise<PendingSigning>;
  /** The same for a request to encrypt. */
  scanToEncrypt(prompt: Page): Promise<PendingEncryption>;
  /** The same for a request to open encrypted files. */
  scanToOpen(prompt: Page): Promise<PendingOpening>;
  /** The same for a request that only asks whether files can be opened. */
  scanToCheck(prompt: Page): Promise<PendingCheck>;
  /** The phone's part of signing after the scan: says who it is, waits for what is to be signed, signs. */
  signOnPhone(pending: PendingSigning): Promise<void>;
  close(): Promise<void>;
}

export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const tls = createTlsCertificate([new URL(fieldOrigin).hostname]);
  const world = await startWorld({
    pages: projectPath('dist/sandbox'),
    ports: { site: 0, frontServer: 0, phone: 0 },
    tls,
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    ...(options.qrLifetimeSeconds === undefined ? {} : { qrLifetimeSeconds: options.qrLifetimeSeconds }),
  });
  try {
    const browser = await launchLabBrowser(world, tls.spkiHash, options);
    const phone = createPhoneAgent(mappedFetch(world), { pollMs: 100 });
    const subscriber = testSubscriber(world.authority);
    const scan = async (prompt: Page): Promise<PendingRequest> => {
      await prompt.locator('.qr-code').first().waitFor();
      const text = readQrFromScreenshot(await prompt.screenshot());
      return phone.scan(readQrContent(text, phonePlatforms));
    };
    return {
      world,
      browser,
      phone,
      subscriber,
      async openSite(origin = fieldOrigin) {
        const page = await browser.context.newPage();
        await page.goto(`${origin}/`);
        return page;
      },
      async nextPrompt() {
        const prompt = await browser.context.waitForEvent('page', {
          predicate: (page) => page.url().includes('/prompt/prompt.html'),
        });
        await prompt.waitForLoadState();
        return prompt;
      },
      async scan(prompt) {
        const pending = await scan(prompt);
        if (pending.scene !== 'login') throw new Error(`no login: ${pending.scene}`);
        return pending;
      },
      async scanToSign(prompt) {
        const pending = await scan(prompt);
        const { scene } = pending;
        if (scene === 'login' || scene === 'encrypt' || scene === 'decrypt') {
          throw new Error(`nothing to sign: ${scene}`);
        }
        return pending;
      },
      async scanToEncrypt(prompt) {
        const pending = await scan(prompt);
        if (pending.scene !== 'encrypt') throw new Error(`nothing to encrypt: ${pending.scene}`);
        return pending;
      },
      async scanToOpen(prompt) {
        const pending = await scan(prompt);
        if (pending.scene !== 'decrypt' || pending.purpose === 'check') {
          throw new Error(`nothing to open: ${pending.scene}`);
        }
        return pending;
      },
      async scanToCheck(prompt) {
        const pending = await scan(prompt);
        if (pending.scene !== 'decrypt' || pending.purpose !== 'check') {
          throw new Error(`nothing to check: ${pending.scene}`);
        }
        return pending;
      },
      async signOnPhone(pending) {
        await phone.identify(pending, subscriber.identity);
        const { toBeSigned } = await phone.untilToBeSigned(pending);
        await phone.sign(pending, subscriber.credential, toBeSigned);
      },
      async close() {
        await browser.close();
        await world.close();
      },
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

const phonePlatforms = Object.values(sandboxOrigins.frontServers).map((base) => ({ name: base, base }));

function launchLabBrowser(world: World, spkiHash: string, options: LabOptions): Promise<LaunchedBrowser> {
  const { site, siteTls = 0, frontServer, phone } = world.ports;
  const { extension = 'qa', clients = true, locale, headless, signal } = options;
  const host = (origin: string) => new URL(origin).host;
  return launchBrowser({
    resolverRules: [
      `MAP ${new URL(fieldOrigin).hostname} 127.0.0.1:${siteTls}`,
      `MAP ${host(sandboxOrigins.site)} 127.0.0.1:${site}`,
      `MAP ${host(sandboxOrigins.frontServer)} 127.0.0.1:${frontServer}`,
      `MAP ${host(sandboxOrigins.phone)} 127.0.0.1:${phone}`,
    ],
    publicAddresses: [`127.0.0.1:${siteTls}`],
    trustedKeys: [spkiHash],
    ...(extension === 'none' ? {} : { extensionFolder: projectPath(`dist/${extension}`) }),
    ...(clients ? { clientsFolder: projectPath('dist/clients') } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(headless === undefined ? {} : { headless }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The phone's network: reaches the front server under the address that its QR names. */
function mappedFetch(world: World) {
  return (address: string, init: RequestInit) =>
    fetch(address.replace(sandboxOrigins.frontServer, `http://127.0.0.1:${world.ports.frontServer}`), init);
}

/** Closes every page but the browser's first: no window of an ended session is left to be reused. */
export async function closePages({ browser }: Lab): Promise<void> {
  for (const page of browser.context.pages().slice(1)) await page.close();
}

/** Waits until the window shows its session in this state. */
export async function untilState(prompt: Page, state: SessionState): Promise<void> {
  await prompt.locator(`[data-state="${state}"]`).waitFor();
}

/** Puts the SDK into the page. */
export async function addSdk(page: Page): Promise<void> {
  await page.evaluate(await sdkSource());
}

/** What a page got from a call of the SDK. */
export interface CallReport {
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly retry: boolean };
  readonly states: readonly string[];
  readonly milliseconds: number;
}

/** The SDK's classic script, as a page without a bundler would load it. */
export async function sdkSource(): Promise<string> {
  const sdk = await readFile(projectPath('dist/sdk/ca-bridge.iife.js'), 'utf8');
  return `${sdk}; globalThis.CaBridge = CaBridge;`;
}

/**
 * Starts a login by the SDK and gives a handle to its report. `name` keeps several in one page apart; the page can
 * abort it by `abortLogin`.
 */
export async function startLogin(
  page: Page,
  { name = 'login', platform = 'zhongzhao-hulian' }: { name?: string; platform?: string | null } = {},
): Promise<() => Promise<CallReport>> {
  await addSdk(page);
  const params = { challenge: `challenge-of-${name}-0123456789`, ...(platform === null ? {} : { platform }) };
  await page.evaluate(
    `(() => {
      const calls = (globalThis.calls ??= {});
      const controller = new AbortController();
      const states = [];
      const startedAt = performance.now();
      const report = (end) => ({ ...end, states, milliseconds: performance.now() - startedAt });
      const call = CaBridge.connectBridge()
        .then((bridge) => bridge.login(${JSON.stringify(params)}, {
          signal: controller.signal, onState: (state) => states.push(state) }))
        .then((result) => report({ result }), ({ code, message, retry }) => report({ error: { code, message, retry } }));
      calls[${JSON.stringify(name)}] = { controller, call, states };
    })()`,
  );
  return () => page.evaluate<CallReport>(`calls[${JSON.stringify(name)}].call`);
}

/** The page ends its own login. */
export async function abortLogin(page: Page, name = 'login'): Promise<void> {
  await page.evaluate(`calls[${JSON.stringify(name)}].controller.abort()`);
}
