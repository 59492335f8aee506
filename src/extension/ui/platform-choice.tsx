import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { PlatformChoice as Choice, SessionView } from '../../protocol/ui-messages.ts';
import { useLocale, useText } from './text/text-context.ts';

interface PlatformChoiceProps {
  readonly session: SessionView;
  /** Chosen a moment ago, not yet confirmed by the background. */
  readonly chosen?: PlatformId | undefined;
  readonly onChoose: (platform: PlatformId) => void;
}

/** The platform: a choice while it may change, a statement afterwards. */
export function PlatformChoice({ session, chosen, onChoose }: PlatformChoiceProps): VNode | null {
  const text = useText();
  const locale = useLocale();
  const id = useId();
  const selected = chosen ?? session.platform;
  if (!session.canChoosePlatform) {
    const name = session.choices.find((choice) => choice.id === selected)?.name[locale];
    if (name === undefined) return null;
    return (
      <p class="platform-fixed">
        <span class="label">{text.platform.legend}</span> <strong>{name}</strong>
      </p>
    );
  }
  const option = (choice: Choice): VNode => (
    <label key={choice.id} class="platform-option">
      <input
        type="radio"
        name={id}
        value={choice.id}
        checked={choice.id === selected}
        disabled={!choice.available}
        onChange={() => onChoose(choice.id)}
      />
      <span class="platform-words">
        <span>{choice.name[locale]}</span>
        {!choice.available && <span class="platform-reason">{text.platform.unavailable}</span>}
      </span>
    </label>
  );
  return (
    <fieldset class="platform-choice">
      <legend class="label">{text.platform.legend}</legend>
      <div class="platform-options">{session.choices.map(option)}</div>
      {!session.choices.some((choice) => choice.available) && (
        <p class="platform-none">{text.platform.noneAvailable}</p>
      )}
    </fieldset>
  );
}
