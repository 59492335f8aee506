import type { DirectoryEntry } from '../../../protocol/directory.ts';

/** Texts of 数字证书办理. */
export interface DirectoryText {
  readonly title: string;
  readonly intro: string;
  readonly groups: Readonly<Record<DirectoryEntry['group'], string>>;
  readonly none: string;
  /** After the last shared platform: there will be others. */
  readonly moreToCome: string;
  readonly states: Readonly<Record<DirectoryEntry['state'], string>>;
  readonly byPolicy: string;
  readonly serves: string;
  readonly hotline: string;
  readonly phoneSystems: string;
  readonly systems: Readonly<Record<'android' | 'harmony' | 'ios', string>>;
  readonly unpublished: string;
  readonly manual: string;
  readonly driver: string;
  readonly app: string;
  readonly account: string;
  readonly qrName: (what: string, platform: string) => string;
  readonly open: {
    /** What a link's button is called, for who hears it alone. */
    readonly of: (what: string, platform: string) => string;
    readonly leadsTo: string;
    readonly check: string;
    readonly confirm: string;
  };
  readonly ready: {
    readonly heading: string;
    readonly next: string;
  };
}
