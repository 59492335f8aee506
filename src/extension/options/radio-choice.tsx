import type { VNode } from 'preact';
import { useId } from 'preact/hooks';

interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Language of the label, where it is not the page's. */
  readonly lang?: string;
  /** Why it cannot be chosen. */
  readonly reason?: string;
}

interface RadioChoiceProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value;
  readonly locked: boolean;
  readonly onChoose: (value: Value) => void;
}

/** One of several, saved at once. */
export function RadioChoice<Value extends string>(props: RadioChoiceProps<Value>): VNode {
  const { legend, options, value: chosen, locked, onChoose } = props;
  const name = useId();
  return (
    <fieldset class="platform-choice">
      <legend class="visually-hidden">{legend}</legend>
      <div class="platform-options">
        {options.map(({ value, label, lang, reason }) => (
          <label key={value} class="platform-option">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              disabled={locked}
              onChange={() => onChoose(value)}
            />
            <span class="platform-words">
              <span lang={lang}>{label}</span>
              {reason !== undefined && <span class="platform-reason">{reason}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
