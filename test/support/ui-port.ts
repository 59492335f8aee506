import type { Page } from 'playwright-core';
import type { UiCommand, UiReplies, UiSnapshot } from '../../src/protocol/ui-messages.ts';
import type { Lab } from './lab.ts';

/** A page of the extension that listens and commands as the product's own pages do. */
export interface UiPort {
  readonly page: Page;
  /** The present state and every later one is looked at; resolves with the first that `wanted` accepts. */
  until(wanted: (snapshot: UiSnapshot) => boolean): Promise<UiSnapshot>;
  send<C extends UiCommand>(command: C): Promise<UiReplies[C['command']] | { error: { code: string } }>;
}

const patienceMs = 15_000;

/** Opens the self-test, which does nothing unasked, and a port of its own beside it. */
export async function openUiPort({ browser }: Lab): Promise<UiPort> {
  const page = await browser.openPage('src/extension/self-test/self-test.html');
  await page.evaluate(`(() => {
    const port = chrome.runtime.connect({ name: 'ca-bridge-ui' });
    globalThis.snapshots = [];
    globalThis.wake = () => {};
    port.onMessage.addListener((snapshot) => { snapshots.push(snapshot); wake(); });
  })()`);
  return {
    page,
    async until(wanted) {
      const endsAt = Date.now() + patienceMs;
      await page.evaluate('snapshots.splice(0, snapshots.length - 1)');
      for (let seen = 0; Date.now() < endsAt;) {
        const fresh = await page.evaluate<UiSnapshot[]>(
          `(async () => {
            if (snapshots.length <= ${seen}) {
              await Promise.race([
                new Promise((resolve) => (globalThis.wake = resolve)),
                new Promise((resolve) => setTimeout(resolve, 500)),
              ]);
            }
            return snapshots.slice(${seen});
          })()`,
        );
        seen += fresh.length;
        const found = fresh.find((snapshot) => wanted(snapshot));
        if (found !== undefined) return found;
      }
      throw new Error('the background never came into the state that was waited for');
    },
    send: (command) => page.evaluate(`chrome.runtime.sendMessage(${JSON.stringify(command)})`),
  };
}
