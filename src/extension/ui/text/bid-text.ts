import type { BidFormat } from '../../../protocol/bids.ts';
import type { OpeningText } from './opening-text.ts';
import type { StateText } from './ui-text.ts';

/** Texts of the scenes `encrypt` and `decrypt`. */
export interface BidText extends OpeningText {
  /** Whose certificate the scanned phone has. */
  readonly signer: string;
  /** `time` is a day and minute; `zone` is GMT and hours, `GMT+8`. */
  readonly moment: (time: string, zone: string) => string;
  readonly validity: (from: string, to: string) => string;
  readonly openingTime: {
    readonly label: string;
    readonly remaining: (amount: string) => string;
    readonly units: Readonly<Record<'days' | 'hours' | 'minutes', (count: number) => string>>;
    readonly soon: string;
    readonly reached: string;
  };
  readonly scanned: StateText;
  readonly delivering: StateText;
  readonly documents: {
    readonly toEncrypt: (count: number) => string;
    readonly notEncrypted: (count: number) => string;
    readonly encrypted: (count: number) => string;
  };
  readonly encryption: {
    readonly awaitingScan: (platform: string) => StateText;
    readonly states: Readonly<
      Record<'requested' | 'judging' | 'choosing' | 'confirmed' | 'saving' | 'succeeded', StateText>
    >;
    /** The certificate ends before the opening. */
    readonly choosingAnyway: (end: string, opening: string) => StateText;
    readonly steps: Readonly<Record<'chosen' | 'encrypted' | 'delivered' | 'saved', string>>;
  };
  /** `percent` of the bytes are done. */
  readonly progress: {
    readonly encrypting: (percent: string) => string;
    readonly opening: (percent: string) => string;
  };
  readonly recipient: {
    readonly heading: string;
    readonly holder: string;
    readonly organization: string;
    readonly creditCode: string;
    readonly serialNumber: string;
    readonly validity: string;
    readonly fingerprint: string;
    readonly further: string;
    readonly noFurther: string;
    readonly consequence: string;
    readonly endsBefore: string;
    readonly confirm: string;
    readonly confirmAnyway: string;
  };
  readonly saving: {
    readonly heading: (count: number) => string;
    readonly save: string;
    readonly saveAgain: string;
    readonly given: string;
    readonly all: string;
    readonly done: string;
    readonly where: string;
    readonly plaintext: string;
    readonly unsaved: (count: number) => string;
    readonly again: string;
    readonly fetching: string;
  };
  readonly receipt: {
    readonly heading: (count: number) => string;
    readonly advice: string;
    readonly id: string;
    readonly site: string;
    readonly encryptedAt: string;
    readonly format: string;
    readonly formats: Readonly<Record<BidFormat, string>>;
    readonly plain: string;
    readonly plainDigest: string;
    readonly cipher: string;
    readonly cipherDigest: string;
    readonly own: string;
    readonly further: string;
    readonly copy: string;
    readonly copied: string;
    readonly save: string;
    readonly fileName: (name: string) => string;
    readonly fileNameOfMany: (count: number) => string;
    readonly line: (name: string, value: string) => string;
  };
  readonly openWindow: { readonly toChoose: string; readonly toSave: string };
}
