import type { Tone } from './message-screen.tsx';
import type { PhoneAgent } from './phone-agent.ts';
import type { Message, Texts } from './texts.ts';
import type { Holder, VaultStorage } from './vault.ts';

/** What the screens of one request need. */
export interface FlowParts {
  readonly texts: Texts;
  readonly agent: PhoneAgent;
  readonly storage: VaultStorage;
  readonly holder: Holder;
  /** Ends the request's screens with this message. */
  readonly onEnd: (tone: Tone, message: Message) => void;
  readonly onProblem: (error: unknown) => void;
}
