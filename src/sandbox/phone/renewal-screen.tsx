import { useState } from 'preact/hooks';
import { EncryptionFacts } from './encryption-facts.tsx';
import { PhoneError } from './phone-error.ts';
import { PinField } from './pin-field.tsx';
import type { RenewalWishes } from './renewal.ts';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';
import { pinPattern, type Holder } from './vault.ts';

/** Another encryption certificate, with the same key or a new one; the first, where there is none. */
export function RenewalScreen({
  texts,
  holder,
  onRenew,
  onProblem,
  onCancel,
}: {
  texts: Texts;
  holder: Holder;
  onRenew: (wishes: RenewalWishes) => Promise<void>;
  onProblem: (error: unknown) => void;
  onCancel: () => void;
}) {
  const { renewal, enrol } = texts;
  const isFirst = holder.encryptionCertificate === undefined;
  const [sameKey, setSameKey] = useState(!isFirst);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState('');
  const [working, setWorking] = useState(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!pinPattern.test(pin)) return setProblem(enrol.pinRule);
    setProblem('');
    setWorking(true);
    try {
      await onRenew({ pin, sameKey });
    } catch (error) {
      setWorking(false);
      setPin('');
      if (!(error instanceof PhoneError) || error.code !== 'wrongPin') return onProblem(error);
      setProblem(renewal.wrongPin);
    }
  };

  return (
    <Screen title={isFirst ? renewal.firstTitle : renewal.title} kind="enrol">
      <EncryptionFacts texts={texts} holder={holder} />
      <form onSubmit={(event) => void submit(event)}>
        {!isFirst && (
          <fieldset class="options">
            <legend class="visually-hidden">{renewal.title}</legend>
            <Option
              label={renewal.sameKey}
              note={renewal.sameKeyNote}
              checked={sameKey}
              onChoose={() => setSameKey(true)}
            />
            <Option
              label={renewal.newKey}
              note={renewal.newKeyNote}
              checked={!sameKey}
              onChoose={() => setSameKey(false)}
            />
          </fieldset>
        )}
        <PinField label={renewal.pin} value={pin} onInput={setPin} />
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="button primary" disabled={working}>
          {working ? renewal.working : renewal.submit}
        </button>
        <button type="button" class="button secondary" disabled={working} onClick={onCancel}>
          {renewal.cancel}
        </button>
      </form>
    </Screen>
  );
}

function Option({
  label,
  note,
  checked,
  onChoose,
}: {
  label: string;
  note: string;
  checked: boolean;
  onChoose: () => void;
}) {
  return (
    <label class="option">
      <input type="radio" name="key" checked={checked} onChange={onChoose} />
      <span>
        <strong>{label}</strong>
        {note}
      </span>
    </label>
  );
}
