import type { VNode } from 'preact';
import { Button } from '../ui/button.tsx';
import { openPage, type OwnPage } from '../ui/open-page.ts';
import { useText } from '../ui/text/text-context.ts';

/** The pages that need no site: they open in tabs of their own. */
export function ToolLinks(): VNode {
  const text = useText().popup;
  const open = (page: OwnPage): void => {
    void openPage(page).then(() => window.close());
  };
  return (
    <section class="card">
      <h2>{text.toolsHeading}</h2>
      <div class="actions tool-links">
        <Button onPress={() => open('directory')}>{text.directory}</Button>
        <Button onPress={() => open('verification')}>{text.verify}</Button>
        <Button onPress={() => open('selfTest')}>{text.selfTest}</Button>
        <Button onPress={() => open('options')}>{text.options}</Button>
      </div>
    </section>
  );
}
