import { useEffect, useState } from 'preact/hooks';
import { assertNever } from '../../lib/assert-never.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { CameraScreen } from './camera-screen.tsx';
import { ConfirmScreen } from './confirm-screen.tsx';
import { EnrolScreen } from './enrol-screen.tsx';
import { enrol, type PhoneSettings } from './enrolment.ts';
import type { Fetch } from './front-server-calls.ts';
import { HomeScreen } from './home-screen.tsx';
import { deadlineOf, useSecondsLeft, useStillWanted } from './login-attempt.ts';
import { MessageScreen, type Tone } from './message-screen.tsx';
import type { PendingLogin, PhoneAgent } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { PinScreen } from './pin-screen.tsx';
import { readQrContent } from './qr-content.ts';
import { readImageFile, readScreen } from './qr-images.ts';
import type { Message, Texts } from './texts.ts';
import { emptyVault, openVault, vaultHolder, type Holder, type VaultStorage } from './vault.ts';

type View =
  | { readonly name: 'home'; readonly reading: boolean }
  | { readonly name: 'camera' }
  | { readonly name: 'confirm'; readonly pending: PendingLogin; readonly scannedAt: number }
  | {
      readonly name: 'pin';
      readonly pending: PendingLogin;
      readonly scannedAt: number;
      readonly triesLeft: number;
      readonly note: string;
      readonly checking: boolean;
    }
  | { readonly name: 'message'; readonly tone: Tone; readonly message: Message };

type PinView = Extract<View, { name: 'pin' }>;

const pinTries = 3;

export interface PhoneParts {
  readonly texts: Texts;
  readonly settings: PhoneSettings;
  readonly agent: PhoneAgent;
  readonly storage: VaultStorage;
  readonly fetch: Fetch;
}

const codeOf = (error: unknown) => (error instanceof PhoneError ? error.code : 'protocol');

export function PhoneApp({ texts, settings, agent, storage, fetch }: PhoneParts) {
  const [holder, setHolder] = useState<Holder | undefined>(() => vaultHolder(storage));
  const [view, setView] = useState<View>({ name: 'home', reading: false });

  const home = (): void => setView({ name: 'home', reading: false });
  const tell = (tone: Tone, message: Message): void => setView({ name: 'message', tone, message });
  const tellProblem = (error: unknown): void => {
    const code = codeOf(error);
    tell(code === 'alteredQr' ? 'danger' : 'bad', texts.problems[code]);
  };

  const waiting = view.name === 'confirm' || (view.name === 'pin' && !view.checking) ? view : undefined;
  const deadline = waiting && deadlineOf(waiting.pending, waiting.scannedAt);
  const secondsLeft = useSecondsLeft(deadline);
  const tellEnded = (): void => {
    const expired = deadline !== undefined && Date.now() >= deadline;
    tell('bad', expired ? texts.expired : texts.cancelled);
  };
  useStillWanted(agent, waiting?.pending, tellEnded);
  useEffect(() => {
    if (secondsLeft === 0) tell('bad', texts.expired);
  }, [secondsLeft]);

  const takeQr = async (read: () => Promise<string>): Promise<void> => {
    setView({ name: 'home', reading: true });
    try {
      const pending = await agent.scan(readQrContent(await read(), settings.platforms));
      setView({ name: 'confirm', pending, scannedAt: Date.now() });
    } catch (error) {
      tellProblem(error);
    }
  };

  const refuse = async (pending: PendingLogin, message: Message, tone: Tone): Promise<void> => {
    tell(tone, message);
    await agent.refuse(pending).catch(() => undefined);
  };

  const takePin = async (pinView: PinView, pin: string, owner: Holder): Promise<void> => {
    const { pending, triesLeft } = pinView;
    setView({ ...pinView, checking: true });
    try {
      const keys = await openVault(storage, pin);
      await agent.confirm(pending, {
        privateKey: keys.signing,
        certificate: fromBase64(owner.signingCertificate),
        chain: owner.chain.map(fromBase64),
      });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'wrongPin' && triesLeft === 1) return refuse(pending, texts.problems.locked, 'bad');
      if (code === 'wrongPin') {
        const left = triesLeft - 1;
        return setView({ ...pinView, triesLeft: left, note: texts.pin.wrong(left), checking: false });
      }
      if (code === 'network' || code === 'serverFailed') {
        return setView({ ...pinView, note: texts.pin.notSent, checking: false });
      }
      return code === 'ended' ? tellEnded() : tellProblem(error);
    }
    return tell('good', texts.confirmed);
  };

  if (view.name === 'message') {
    return <MessageScreen texts={texts} tone={view.tone} message={view.message} onHome={home} />;
  }
  if (holder === undefined || holder.authority !== settings.authority) {
    return (
      <EnrolScreen
        texts={texts}
        note={holder && texts.enrol.authorityChanged}
        onEnrol={async (organisation, pin) => {
          try {
            setHolder(await enrol(fetch, storage, { organisation, pin }));
          } catch (error) {
            tellProblem(error);
          }
        }}
      />
    );
  }
  switch (view.name) {
    case 'home':
      return (
        <HomeScreen
          texts={texts}
          holder={holder}
          reading={view.reading}
          onCamera={() => setView({ name: 'camera' })}
          onImage={(image) => void takeQr(() => readImageFile(image))}
          onScreen={() => void takeQr(readScreen)}
          onEnrolAgain={() => {
            emptyVault(storage);
            setHolder(undefined);
          }}
        />
      );
    case 'camera':
      return (
        <CameraScreen
          texts={texts}
          onText={(text) => void takeQr(async () => text)}
          onProblem={tellProblem}
          onClose={home}
        />
      );
    case 'confirm':
      return (
        <ConfirmScreen
          texts={texts}
          pending={view.pending}
          holder={holder}
          secondsLeft={secondsLeft}
          onYes={() => setView({ ...view, name: 'pin', triesLeft: pinTries, note: '', checking: false })}
          onNo={() => void refuse(view.pending, texts.refused, 'neutral')}
        />
      );
    case 'pin':
      return (
        <PinScreen
          texts={texts}
          origin={view.pending.origin}
          note={view.note}
          checking={view.checking}
          onPin={(pin) => void takePin(view, pin, holder)}
          onRefuse={() => void refuse(view.pending, texts.refused, 'neutral')}
        />
      );
    default:
      return assertNever(view);
  }
}
