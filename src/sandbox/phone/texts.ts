import type { PhoneErrorCode } from './phone-error.ts';
import type { Act, PinAct } from './acts.ts';

/** A heading and the sentence under it. */
export interface Message {
  readonly title: string;
  readonly body: string;
}

/** What is said of one act. */
export interface SceneTexts {
  readonly title: string;
  readonly site: string;
  readonly action: string;
  readonly asWhom: string;
  /** On the button that refuses late. */
  readonly back: string;
  readonly done: Message;
  readonly refused: Message;
}

/** What is said of one that the PIN is asked for. */
export interface PinSceneTexts extends SceneTexts {
  readonly pinTitle: string;
  readonly pinLead: (origin: string) => string;
  /** While the keys are used. */
  readonly working: string;
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
    readonly signingOnly: string;
    readonly pinsDiffer: string;
    readonly submit: string;
    readonly working: string;
    readonly authorityChanged: string;
  };
  readonly home: {
    readonly certificate: string;
    /** In its place where there is no encryption certificate. */
    readonly signingOnly: string;
    readonly serial: string;
    readonly validUntil: string;
    readonly seals: string;
    readonly scan: string;
    readonly image: string;
    readonly screen: string;
    readonly pasteHint: string;
    readonly renew: string;
    readonly reEnrol: string;
    readonly reading: string;
  };
  readonly camera: { readonly aim: string; readonly close: string };
  readonly scenes: Readonly<Record<Exclude<Act, PinAct>, SceneTexts> & Record<PinAct, PinSceneTexts>>;
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
  readonly opening: {
    readonly wait: string;
    readonly number: string;
    /** In place of the end's own words where some files, with these names, stay shut. */
    readonly partly: (opened: number, all: number, shut: string) => Message;
  };
  readonly encryption: {
    readonly certificate: string;
    readonly holder: string;
    readonly none: string;
    readonly missing: Message;
  };
  readonly renewal: {
    readonly title: string;
    /** In its place where there is none yet. */
    readonly firstTitle: string;
    readonly sameKey: string;
    readonly sameKeyNote: string;
    readonly newKey: string;
    readonly newKeyNote: string;
    readonly pin: string;
    readonly submit: string;
    readonly working: string;
    readonly wrongPin: string;
    readonly cancel: string;
    readonly done: Message;
  };
  readonly pin: {
    readonly delete: string;
    readonly digits: (count: number) => string;
    readonly wrong: (left: number) => string;
    readonly notSent: string;
  };
  readonly expired: Message;
  readonly cancelled: Message;
  readonly problems: Readonly<Record<PhoneErrorCode, Message>>;
  readonly backHome: string;
}
