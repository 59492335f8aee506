import type { PhoneErrorCode } from './phone-error.ts';

/** A heading and the sentence under it. */
export interface Message {
  readonly title: string;
  readonly body: string;
}

export interface Texts {
  readonly appName: string;
  readonly sandbox: string;
  readonly sandboxNote: string;
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
    readonly scan: string;
    readonly image: string;
    readonly screen: string;
    readonly pasteHint: string;
    readonly reEnrol: string;
    readonly reading: string;
  };
  readonly camera: { readonly aim: string; readonly close: string };
  readonly confirm: {
    readonly title: string;
    readonly site: string;
    readonly action: string;
    readonly login: string;
    readonly asWhom: string;
    readonly number: string;
    readonly question: (number: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly secondsLeft: (seconds: number) => string;
  };
  readonly pin: {
    readonly title: string;
    readonly lead: (origin: string) => string;
    readonly delete: string;
    readonly back: string;
    readonly checking: string;
    readonly digits: (count: number) => string;
    readonly wrong: (left: number) => string;
    readonly notSent: string;
  };
  readonly confirmed: Message;
  readonly refused: Message;
  readonly expired: Message;
  readonly cancelled: Message;
  readonly problems: Readonly<Record<PhoneErrorCode, Message>>;
  readonly backHome: string;
}
