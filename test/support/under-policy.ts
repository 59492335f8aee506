import type { Page } from 'playwright-core';
import { extensionIds } from '../../src/protocol/extension-ids.ts';
import type { UiCommand, UiReplies, UiSnapshot } from '../../src/protocol/ui-messages.ts';
import { uiPortName } from '../../src/protocol/ui-messages.ts';
import { launchBrowser, type LaunchedBrowser } from './browser.ts';
import { writePolicy } from './managed-policy.ts';
import { projectPath } from './project-paths.ts';

/** The store build in a browser that was started under managed policy. */
export interface ManagedBrowser {
  readonly browser: LaunchedBrowser;
  /** A page of the extension. */
  readonly page: Page;
  /** Sends a command as the extension's own pages do; an error comes as it is. */
  send<Command extends UiCommand>(
    command: Command,
  ): Promise<UiReplies[Command['command']] | { readonly error: { readonly code: string } }>;
  snapshot(): Promise<UiSnapshot>;
  /** What the browser itself hands over of the policy. */
  managed(): Promise<unknown>;
  close(): Promise<void>;
}

/** `policy` may break the schema on purpose; without it the browser has none. */
export async function startUnderPolicy(policy?: Readonly<Record<string, unknown>>): Promise<ManagedBrowser> {
  const written = policy && (await writePolicy(extensionIds[0], policy));
  try {
    const browser = await launchBrowser({ extensionFolder: projectPath('dist/store') });
    const page = await browser.openPage('src/extension/popup/popup.html');
    return {
      browser,
      page,
      send: (command) => page.evaluate((message) => chrome.runtime.sendMessage(message), command),
      snapshot: () =>
        page.evaluate(
          (name) =>
            new Promise<UiSnapshot>((resolve) => {
              const port = chrome.runtime.connect({ name });
              port.onMessage.addListener((snapshot: UiSnapshot) => {
                port.disconnect();
                resolve(snapshot);
              });
            }),
          uiPortName,
        ),
      managed: () => page.evaluate(() => chrome.storage.managed.get(null)),
      async close() {
        await written?.remove();
        await browser.close();
      },
    };
  } catch (error) {
    await written?.remove();
    throw error;
  }
}
