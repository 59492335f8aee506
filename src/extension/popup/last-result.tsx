import type { VNode } from 'preact';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { LastOutcome } from '../../protocol/ui-messages.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { Finding } from '../ui/finding.tsx';

const moods = { succeeded: 'ok', cancelled: 'idle', failed: 'bad' } as const;

/** How the last session ended. */
export function LastResult({ outcome }: { outcome: LastOutcome }): VNode {
  const text = useText();
  const locale = useLocale();
  const { scene, origin, state, errorCode, at } = outcome;
  const result =
    state === 'failed' && errorCode !== undefined
      ? errorCatalogue[errorCode].text[locale].title
      : text.popup.outcome[state];
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  return (
    <section class="card">
      <h2>{text.popup.lastHeading}</h2>
      <Finding mood={moods[state]} title={`${text.scenes[scene].name} · ${result}`}>
        <p class="muted">
          <OriginText origin={origin} />
        </p>
        <p class="muted">
          <time dateTime={new Date(at).toISOString()}>{time}</time>
        </p>
      </Finding>
    </section>
  );
}
