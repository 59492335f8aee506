import type { BrowserContext } from 'playwright-core';
import { registerClients } from '../../src/clients/installer/register-in-profile.ts';
import { controlExtension, type BrowserExtension } from './browser-extension.ts';
import type { BrowserOptions } from './browser-options.ts';
import { startBrowser } from './browser-start.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

export type { BrowserOptions } from './browser-options.ts';

/** A browser of its own: fresh profile, nothing shared with the user's. */
export interface LaunchedBrowser extends BrowserExtension {
  readonly context: BrowserContext;
  readonly profileFolder: string;
  /** The browser's process; on Linux its id is also the session's of everything that it starts. */
  readonly processId: number;
  /** Ends the browser, its native clients and its profile; resolves when all are gone. Safe to call again. */
  close(): Promise<void>;
}

/** Starts the browser of `ensureBrowser` with a new profile. @throws Error, and nothing stays, when it cannot. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<LaunchedBrowser> {
  const { clientsFolder, signal } = options;
  const undo: (() => Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    signal?.removeEventListener('abort', onAbort);
    closing ??= undoAll(undo);
    return closing;
  };
  // Who calls `close` hears of a failure; an event listener could tell nobody.
  const onAbort = () => void close().catch(() => undefined);
  try {
    const browser = await ensureBrowser();
    signal?.throwIfAborted();
    const profile = await createTemporaryFolder('ca-bridge-profile-');
    undo.push(profile.remove);
    if (clientsFolder !== undefined) {
      const place = { profileFolder: profile.path, clientsFolder, nodePath: process.execPath };
      undo.push((await registerClients(place)).unregister);
    }
    const started = await startBrowser(browser, profile.path, options);
    undo.push(started.end);
    // An abort from here on closes; one that came before is noticed now.
    signal?.addEventListener('abort', onAbort);
    signal?.throwIfAborted();
    const { context, cdp, processId, extensionId } = started;
    const extension = controlExtension(context, cdp, extensionId);
    return { ...extension, context, profileFolder: profile.path, processId, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Last made, first undone; one that fails does not keep the others. */
async function undoAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps.toReversed()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'the browser left something behind');
}
