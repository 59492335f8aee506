import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './phone-icons.tsx';
import type { Texts } from './texts.ts';

const pinLength = 6;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0'] as const;

/** Asks the PIN; six digits send it. Keyboard and keypad fill the same field. */
export function PinScreen({
  texts,
  title,
  lead,
  back,
  note,
  working,
  checking,
  onPin,
  onRefuse,
}: {
  texts: Texts;
  title: string;
  lead: string;
  back: string;
  note: string;
  /** Said while `checking`. */
  working: string;
  checking: boolean;
  onPin: (pin: string) => void;
  onRefuse: () => void;
}) {
  const [pin, setPin] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!checking) field.current?.focus();
  }, [checking]);

  const enter = (text: string): void => {
    if (checking) return;
    const next = text.replaceAll(/\D/g, '').slice(0, pinLength);
    setPin(next.length === pinLength ? '' : next);
    if (next.length === pinLength) onPin(next);
  };
  const filled = checking ? pinLength : pin.length;

  return (
    <main class="screen pin">
      <h1 id="pin-title">{title}</h1>
      <p class="lead origin">{lead}</p>
      <div class="pin-field">
        <input
          ref={field}
          type="password"
          inputMode="numeric"
          autocomplete="off"
          aria-labelledby="pin-title"
          aria-describedby="pin-note"
          disabled={checking}
          value={pin}
          onInput={(event) => enter(event.currentTarget.value)}
        />
        <p class="dots" aria-hidden="true">
          {Array.from({ length: pinLength }, (_, place) => (
            <span key={place} class={place < filled ? 'filled' : ''} />
          ))}
        </p>
      </div>
      <p id="pin-note" class="problem" role="alert">
        {checking ? '' : note}
      </p>
      <p class="quiet" role="status">
        {checking ? working : texts.pin.digits(filled)}
      </p>
      <div class="keypad">
        {digits.map((digit) =>
          digit === '' ? (
            <span key="gap" />
          ) : (
            <button key={digit} type="button" disabled={checking} onClick={() => enter(pin + digit)}>
              {digit}
            </button>
          ),
        )}
        <button
          type="button"
          aria-label={texts.pin.delete}
          disabled={checking}
          onClick={() => setPin(pin.slice(0, -1))}
        >
          <Icon name="delete" />
        </button>
      </div>
      <button type="button" class="link" disabled={checking} onClick={onRefuse}>
        {back}
      </button>
    </main>
  );
}
