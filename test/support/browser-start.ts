import { join, resolve } from 'node:path';
import { chromium, type BrowserContext, type CDPSession } from 'playwright-core';
import { browserArguments, browserEnvironment, unwantedDefaults } from './browser-arguments.ts';
import { findLoadedExtension, loadUnpacked } from './browser-extension.ts';
import type { BrowserOptions } from './browser-options.ts';
import { endSession } from './browser-processes.ts';
import type { InstalledBrowser } from './ensure-browser.ts';

export interface StartedBrowser {
  readonly context: BrowserContext;
  /** The browser's own endpoint of the DevTools protocol. */
  readonly cdp: CDPSession;
  /** The browser's process; on Linux its id is also the session's of everything that it starts. */
  readonly processId: number;
  /** The extension's; the empty string without one. */
  readonly extensionId: string;
  /** Ends the browser and all that it started; resolves when they are gone. */
  end(): Promise<void>;
}

/** Starts a browser on a profile and loads the extension. @throws Error, and nothing runs, when either fails. */
export async function startBrowser(
  browser: InstalledBrowser,
  profileFolder: string,
  options: BrowserOptions,
): Promise<StartedBrowser> {
  const loading = options.loading ?? (browser.kind === 'chromium' ? 'argument' : 'protocol');
  const context = await launch(browser, profileFolder, options, loading);
  let processId: number | undefined;
  const end = async () => {
    await context.close();
    if (processId !== undefined) await endSession(processId);
  };
  try {
    const cdp = await openProtocol(context);
    processId = await browserProcessId(cdp);
    const extensionId = await loadExtension(context, cdp, options.extensionFolder, loading);
    return { context, cdp, processId, extensionId, end };
  } catch (error) {
    await end();
    throw error;
  }
}

type Loading = NonNullable<BrowserOptions['loading']>;

function launch(
  browser: InstalledBrowser,
  profileFolder: string,
  options: BrowserOptions,
  loading: Loading,
): Promise<BrowserContext> {
  // Without it Playwright has no page for the toolbar popup.
  process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1';
  const endsWithProcess = options.signal === undefined;
  return chromium.launchPersistentContext(profileFolder, {
    executablePath: browser.path,
    // Playwright's own headless mode lacks extensions; `--headless=new` comes with the arguments.
    headless: false,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...browserArguments(options), ...extensionArguments(options.extensionFolder, loading)],
    ignoreDefaultArgs: unwantedDefaults,
    // The clients' logs go with the profile.
    env: { ...browserEnvironment(options), XDG_STATE_HOME: join(profileFolder, 'state') },
    viewport: null,
    handleSIGINT: endsWithProcess,
    handleSIGTERM: endsWithProcess,
    handleSIGHUP: endsWithProcess,
  });
}

function extensionArguments(extensionFolder: string | undefined, loading: Loading): string[] {
  if (extensionFolder === undefined) return [];
  const folder = resolve(extensionFolder);
  return loading === 'argument'
    ? [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`]
    : // The second is for the start script of Debian's Chromium, which otherwise allows no extension.
      ['--enable-unsafe-extension-debugging', '--enable-remote-extensions'];
}

async function loadExtension(
  context: BrowserContext,
  cdp: CDPSession,
  extensionFolder: string | undefined,
  loading: Loading,
): Promise<string> {
  if (extensionFolder === undefined) return '';
  return loading === 'argument' ? findLoadedExtension(context) : loadUnpacked(cdp, resolve(extensionFolder));
}

function openProtocol(context: BrowserContext): Promise<CDPSession> {
  const owner = context.browser();
  if (owner === null) throw new Error('the browser is gone already');
  return owner.newBrowserCDPSession();
}

async function browserProcessId(cdp: CDPSession): Promise<number> {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  const own = processInfo.find(({ type }) => type === 'browser');
  if (own === undefined) throw new Error('the browser does not know its own process');
  return own.id;
}
