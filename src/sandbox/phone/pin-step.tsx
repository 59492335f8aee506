import { useState } from 'preact/hooks';
import { originName } from './origin-text.tsx';
import { PhoneError } from './phone-error.ts';
import { PinScreen } from './pin-screen.tsx';
import type { PinSceneTexts, Texts } from './texts.ts';
import { openVault, wipeKeys, type PrivateKeys, type VaultStorage } from './vault.ts';

const pinTries = 3;

/** Asks the PIN until the keys are out and used, or three wrong ones were given. */
export function PinStep({
  texts,
  scene,
  origin,
  storage,
  checking,
  onChecking,
  use,
  onLocked,
  onProblem,
  onRefuse,
}: {
  texts: Texts;
  scene: PinSceneTexts;
  origin: string;
  storage: VaultStorage;
  checking: boolean;
  onChecking: (checking: boolean) => void;
  /** Signs or opens with the keys and hands over what was asked; the keys are overwritten afterwards. */
  use: (keys: PrivateKeys) => Promise<void>;
  onLocked: () => void;
  onProblem: (error: unknown) => void;
  onRefuse: () => void;
}) {
  const [triesLeft, setTriesLeft] = useState(pinTries);
  const [note, setNote] = useState('');

  const takePin = async (pin: string): Promise<void> => {
    onChecking(true);
    try {
      const keys = await openVault(storage, pin);
      await use(keys).finally(() => wipeKeys(keys));
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
      lead={scene.pinLead(originName(texts, origin))}
      back={scene.back}
      note={note}
      working={scene.working}
      checking={checking}
      onPin={(pin) => void takePin(pin)}
      onRefuse={onRefuse}
    />
  );
}
