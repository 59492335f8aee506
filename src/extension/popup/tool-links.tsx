import type { VNode } from 'preact';
import browser from 'webextension-polyfill';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';

/** The pages that need no site: they open in tabs of their own. */
export function ToolLinks(): VNode {
  const text = useText().popup;
  const open = (page: string): void => {
    void browser.tabs.create({ url: browser.runtime.getURL(page) }).then(() => window.close());
  };
  return (
    <section class="card">
      <h2>{text.toolsHeading}</h2>
      <div class="actions">
        <Button onPress={() => open('src/extension/verification/verification.html')}>{text.verify}</Button>
        <Button onPress={() => open('src/extension/self-test/self-test.html')}>{text.selfTest}</Button>
      </div>
    </section>
  );
}
