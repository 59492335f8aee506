import { useState } from 'preact/hooks';
import { assertNever } from '../../lib/assert-never.ts';
import { CameraScreen } from './camera-screen.tsx';
import { EnrolScreen } from './enrol-screen.tsx';
import { enrol, type PhoneSettings } from './enrolment.ts';
import type { FlowParts } from './flow-parts.ts';
import type { Fetch } from './front-server-calls.ts';
import { HandOverFlow } from './hand-over-flow.tsx';
import { HomeScreen } from './home-screen.tsx';
import { LoginFlow } from './login-flow.tsx';
import { MessageScreen, type Tone } from './message-screen.tsx';
import { OpeningFlow } from './opening-flow.tsx';
import type { PendingRequest, PhoneAgent } from './phone-agent.ts';
import { PhoneError, type PhoneErrorCode } from './phone-error.ts';
import { readQrContent } from './qr-content.ts';
import { readImageFile, readScreen } from './qr-images.ts';
import { RenewalScreen } from './renewal-screen.tsx';
import { renewEncryption } from './renewal.ts';
import { drawSeals } from './seal-canvas.ts';
import { SigningFlow } from './signing-flow.tsx';
import type { Message, Texts } from './texts.ts';
import { emptyVault, vaultHolder, type Holder, type VaultStorage } from './vault.ts';

type View =
  | { readonly name: 'home'; readonly reading: boolean }
  | { readonly name: 'camera' | 'renewal' }
  | { readonly name: 'request'; readonly pending: PendingRequest }
  | { readonly name: 'message'; readonly tone: Tone; readonly message: Message };

export interface PhoneParts {
  readonly texts: Texts;
  readonly settings: PhoneSettings;
  readonly agent: PhoneAgent;
  readonly storage: VaultStorage;
  readonly fetch: Fetch;
}

/** What somebody's tampering looks like: said in red. */
const dangers: ReadonlySet<PhoneErrorCode> = new Set(['alteredQr', 'unknownContent', 'unknownEnvelope']);

export function PhoneApp({ texts, settings, agent, storage, fetch }: PhoneParts) {
  const [holder, setHolder] = useState<Holder | undefined>(() => vaultHolder(storage));
  const [view, setView] = useState<View>({ name: 'home', reading: false });

  const home = (): void => setView({ name: 'home', reading: false });
  const tell = (tone: Tone, message: Message): void => setView({ name: 'message', tone, message });
  const tellProblem = (error: unknown): void => {
    const code: PhoneErrorCode = error instanceof PhoneError ? error.code : 'protocol';
    tell(dangers.has(code) ? 'danger' : 'bad', texts.problems[code]);
  };

  const takeQr = async (read: () => Promise<string>): Promise<void> => {
    setView({ name: 'home', reading: true });
    try {
      const pending = await agent.scan(readQrContent(await read(), settings.platforms));
      setView({ name: 'request', pending });
    } catch (error) {
      tellProblem(error);
    }
  };

  if (view.name === 'message') {
    return <MessageScreen texts={texts} tone={view.tone} message={view.message} onHome={home} />;
  }
  if (holder === undefined || holder.authority !== settings.authority) {
    return (
      <EnrolScreen
        texts={texts}
        note={holder && texts.enrol.authorityChanged}
        onEnrol={async (wishes) => {
          try {
            const seals = drawSeals(wishes.organisation);
            setHolder(await enrol(fetch, storage, { ...wishes, seals }));
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
          onRenew={() => setView({ name: 'renewal' })}
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
    case 'renewal':
      return (
        <RenewalScreen
          texts={texts}
          holder={holder}
          onRenew={async (wishes) => {
            setHolder(await renewEncryption(fetch, storage, wishes));
            tell('good', texts.renewal.done);
          }}
          onProblem={tellProblem}
          onCancel={home}
        />
      );
    case 'request': {
      const parts: FlowParts = { texts, agent, storage, holder, onEnd: tell, onProblem: tellProblem };
      return <RequestFlow {...parts} pending={view.pending} />;
    }
    default:
      return assertNever(view);
  }
}

function RequestFlow({ pending, ...parts }: FlowParts & { pending: PendingRequest }) {
  switch (pending.scene) {
    case 'login':
      return <LoginFlow {...parts} pending={pending} />;
    case 'encrypt':
      return <HandOverFlow {...parts} pending={pending} />;
    case 'decrypt': {
      const canOpen = pending.purpose !== 'check' && parts.holder.encryptionCertificate !== undefined;
      return canOpen ? (
        <OpeningFlow {...parts} pending={pending} />
      ) : (
        <HandOverFlow {...parts} pending={pending} />
      );
    }
    default:
      return <SigningFlow {...parts} pending={pending} />;
  }
}
