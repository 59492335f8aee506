import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';

/** Asks the browser's permission for one site. The site's address stands above it, in full. */
export function EnableSite({ origin }: { origin: string }): VNode {
  const text = useText().popup;
  const [answer, setAnswer] = useState<'granted' | 'declined'>();
  const enable = (): void => {
    // First thing in the press: the browser asks only on a user's gesture.
    browser.permissions.request({ origins: [`${origin}/*`] }).then(
      (granted) => setAnswer(granted ? 'granted' : 'declined'),
      () => setAnswer('declined'),
    );
  };
  return (
    <div class="enable">
      {answer !== 'granted' && (
        <>
          <p class="enable-warning">{text.enableWarning}</p>
          <Button kind="primary" onPress={enable}>
            {text.enable}
          </Button>
        </>
      )}
      <p class="enable-answer" role="status">
        {answer === 'granted' && text.enabledNow}
        {answer === 'declined' && text.enableDeclined}
      </p>
    </div>
  );
}
