import type { PhoneErrorCode } from './phone-error.ts';
import type { AskedFor } from './request-binding.ts';

/** A heading and the sentence under it. */
export interface Message {
  readonly title: string;
  readonly body: string;
}

/** What is said of one scene. */
export interface SceneTexts {
  readonly title: string;
  readonly site: string;
  readonly action: string;
  readonly asWhom: string;
  readonly pinTitle: string;
  readonly pinLead: (origin: string) => string;
  /** On the button that refuses late. */
  readonly back: string;
  readonly done: Message;
  readonly refused: Message;
}

export interface Texts {
  readonly appName: string;
  readonly sandbox: string;
  readonly sandboxNote: string;
  /** In place of CA Bridge's own origin. */
  readonly selfTest: string;
  readonly enrol: {
    readonly title: string;
    readonly lead: string;
    readonly company: string;
    readonly ownName: string;
    readonly pin: string;
    readonly pinAgain: string;
    readonly pinRule: string;
    readonly pinsDiffer: string;
    readonly submit: string;
    readonly working: string;
    readonly authorityChanged: string;
  };
  readonly home: {
    readonly certificate: string;
    readonly serial: string;
    readonly validUntil: string;
    readonly seals: string;
    readonly scan: string;
    readonly image: string;
    readonly screen: string;
    readonly pasteHint: string;
    readonly reEnrol: string;
    readonly reading: string;
  };
  readonly camera: { readonly aim: string; readonly close: string };
  readonly scenes: Readonly<Record<AskedFor['scene'], SceneTexts>>;
  readonly documents: {
    readonly title: (count: number) => string;
    readonly bytes: (count: string) => string;
  };
  readonly confirm: {
    readonly action: string;
    readonly number: string;
    readonly question: (number: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly secondsLeft: (seconds: number) => string;
    readonly notSent: string;
  };
  readonly signing: {
    readonly waitTitle: string;
    readonly wait: string;
    readonly waitForSeal: string;
    readonly offeredSeals: string;
    readonly compareTitle: string;
    readonly number: string;
    readonly question: (number: string) => string;
    readonly listSeparator: string;
  };
  readonly pin: {
    readonly delete: string;
    readonly checking: string;
    readonly digits: (count: number) => string;
    readonly wrong: (left: number) => string;
    readonly notSent: string;
  };
  readonly expired: Message;
  readonly cancelled: Message;
  readonly problems: Readonly<Record<PhoneErrorCode, Message>>;
  readonly backHome: string;
}
