import { useState } from 'preact/hooks';
import { originName } from './origin-text.tsx';
import type { PendingRequest } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { PinScreen } from './pin-screen.tsx';
import type { Texts } from './texts.ts';
import { openVault, type PrivateKeys, type VaultStorage } from './vault.ts';

const pinTries = 3;

/** Asks the PIN until the keys are out and used, or three wrong ones were given. */
export function PinStep({
  texts,
  pending,
  storage,
  checking,
  onChecking,
  use,
  onLocked,
  onProblem,
  onRefuse,
}: {
  texts: Texts;
  pending: PendingRequest;
  storage: VaultStorage;
  checking: boolean;
  onChecking: (checking: boolean) => void;
  /** Signs with the keys and hands over what was asked. */
  use: (keys: PrivateKeys) => Promise<void>;
  onLocked: () => void;
  onProblem: (error: unknown) => void;
  onRefuse: () => void;
}) {
  const [triesLeft, setTriesLeft] = useState(pinTries);
  const [note, setNote] = useState('');
  const scene = texts.scenes[pending.scene];

  const takePin = async (pin: string): Promise<void> => {
    onChecking(true);
    try {
      await use(await openVault(storage, pin));
    } catch (error) {
      const code = error instanceof PhoneError ? error.code : 'protocol';
      if (code === 'wrongPin') {
        if (triesLeft === 1) return onLocked();
        setTriesLeft(triesLeft - 1);
        setNote(texts.pin.wrong(triesLeft - 1));
      } else if (code === 'network' || code === 'serverFailed') {
        setNote(texts.pin.notSent);
      } else {
        return onProblem(error);
      }
      onChecking(false);
    }
  };

  return (
    <PinScreen
      texts={texts}
      title={scene.pinTitle}
      lead={scene.pinLead(originName(texts, pending.origin))}
      back={scene.back}
      note={note}
      checking={checking}
      onPin={(pin) => void takePin(pin)}
      onRefuse={onRefuse}
    />
  );
}
