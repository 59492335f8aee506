import type { QrTrust } from '../../../protocol/mirror-view.ts';
import type { Scene } from '../../../protocol/scenes.ts';
import type { StateText } from './ui-text.ts';

/** Where sessions of drivers `local` and `site` say something else than one whose QR the extension asked for. */
export interface DriverText {
  readonly local: {
    readonly actions: Readonly<Record<Exclude<Scene, 'encrypt' | 'decrypt'>, string>>;
    readonly signer: string;
    readonly steps: Readonly<Record<'scanned' | 'confirmed', string>>;
    readonly states: Readonly<
      Record<'preparing' | 'listing' | 'choosing' | 'pin' | 'working' | 'confirmed' | 'expired', StateText>
    >;
    readonly again: string;
    readonly keys: string;
    readonly noEncryption: string;
    readonly pinWindow: StateText;
  };
  readonly site: {
    readonly runsItself: string;
    readonly states: Readonly<Record<'scanned' | 'signing', StateText>>;
    readonly trust: Readonly<Record<QrTrust, string>>;
  };
}
