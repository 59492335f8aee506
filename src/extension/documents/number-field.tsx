import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly min?: number;
  readonly max?: number;
  /** A number was typed and left, or stepped to. */
  readonly onCommit: (value: number) => void;
}

/** A number that counts once it is left or Enter is pressed; what is no number becomes what it was. */
export function NumberField({ label, value, step, min, max, onCommit }: NumberFieldProps): VNode {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const commit = (): void => {
    const number = Number(typed);
    if (typed.trim() === '' || !Number.isFinite(number)) return setTyped(String(value));
    if (number !== value) onCommit(number);
    // It comes back as the new value, or stays what it was where the page leaves no room.
    setTyped(String(value));
  };
  return (
    <label class="number-field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        value={typed}
        step={step}
        min={min}
        max={max}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}
