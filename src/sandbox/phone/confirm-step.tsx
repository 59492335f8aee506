import { useState } from 'preact/hooks';
import { ConfirmScreen } from './confirm-screen.tsx';
import type { PendingRequest } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

/** Asks whether the numbers are equal; then says to the front server whose phone this is, again where that failed. */
export function ConfirmStep({
  texts,
  pending,
  holder,
  secondsLeft,
  working,
  onWorking,
  identify,
  onProblem,
  onRefuse,
}: {
  texts: Texts;
  pending: PendingRequest;
  holder: Holder;
  secondsLeft: number | undefined;
  working: boolean;
  onWorking: (working: boolean) => void;
  identify: () => Promise<void>;
  onProblem: (error: unknown) => void;
  onRefuse: () => void;
}) {
  const [note, setNote] = useState('');

  const agree = async (): Promise<void> => {
    onWorking(true);
    setNote('');
    try {
      await identify();
    } catch (error) {
      const isPassing = error instanceof PhoneError && ['network', 'serverFailed'].includes(error.code);
      if (!isPassing) return onProblem(error);
      setNote(texts.confirm.notSent);
    } finally {
      onWorking(false);
    }
  };

  return (
    <ConfirmScreen
      texts={texts}
      pending={pending}
      holder={holder}
      secondsLeft={secondsLeft}
      working={working}
      note={note}
      onYes={() => void agree()}
      onNo={onRefuse}
    />
  );
}
