import type { VNode } from 'preact';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { useLocale, useText } from './text/text-context.ts';

/** How far the client has read the documents. */
export function ReadingProgress({ progress }: { progress: NonNullable<SessionView['progress']> }): VNode {
  const text = useText().documents;
  const locale = useLocale();
  const part = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 1;
  // Rounded down: 100 % is said only of all.
  const whole = Math.floor(part * 100) / 100;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(whole);
  return (
    <div class="reading">
      <progress value={part} max={1} aria-label={text.states.requested.title} />
      <p>{text.reading(percent)}</p>
    </div>
  );
}
