import type { VNode } from 'preact';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { useLocale } from './text/text-context.ts';

interface ProgressBarProps {
  readonly progress: NonNullable<SessionView['progress']>;
  readonly label: string;
  /** The words under the bar. */
  readonly say: (percent: string) => string;
}

/** How far the client has come, in bytes. */
export function ProgressBar({ progress, label, say }: ProgressBarProps): VNode {
  const locale = useLocale();
  const part = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 1;
  // Rounded down: 100 % is said only of all.
  const whole = Math.floor(part * 100) / 100;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(whole);
  return (
    <div class="reading">
      <progress value={part} max={1} aria-label={label} />
      <p>{say(percent)}</p>
    </div>
  );
}
