import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';

/** The window's session is not known, or not any more. */
export function RequestEnded({ close }: { close: () => void }): VNode {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text.prompt.ended} – ${text.product}`;
    heading.current?.focus();
  }, [text]);
  return (
    <section class="card ended">
      <h1 ref={heading} tabIndex={-1}>
        {text.prompt.ended}
      </h1>
      <p>{text.prompt.endedNext}</p>
      <div class="actions">
        <Button kind="primary" onPress={close}>
          {text.close}
        </Button>
      </div>
    </section>
  );
}
