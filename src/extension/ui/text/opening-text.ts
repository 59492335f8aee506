import type { BidWarning, OpeningPurpose } from '../../../protocol/bids.ts';
import type { StateText } from './ui-text.ts';

/** How many of a request's files came out well. */
type Tally = (good: number, total: number) => StateText;

/** Texts of the scene `decrypt`. */
export interface OpeningText {
  /** Scene `decrypt` by what it is for. */
  readonly purposes: Readonly<Record<OpeningPurpose, { readonly name: string; readonly action: string }>>;
  readonly decryption: {
    readonly awaitingScan: Readonly<Record<OpeningPurpose, (platform: string) => StateText>>;
    readonly scanAgain: string;
    readonly states: Readonly<
      Record<'requested' | 'arranging' | 'signing' | 'reporting' | 'saving', StateText>
    >;
    readonly confirmed: Readonly<Record<OpeningPurpose, StateText>>;
    readonly steps: Readonly<
      Record<
        'shown' | 'compared' | 'keyOpened' | 'rehearsed' | 'opened' | 'told' | 'delivered' | 'saved',
        string
      >
    >;
    readonly results: Readonly<Record<OpeningPurpose, Readonly<Record<'all' | 'some' | 'none', Tally>>>>;
    readonly readyWithWarnings: StateText;
  };
  readonly files: {
    /** What cannot be opened, before anything is opened. */
    readonly unopenable: (count: number) => string;
    readonly onlyOthers: (count: number) => string;
    readonly scanAgain: { readonly title: string; readonly next: (opened: number) => string };
    readonly toOpen: (count: number) => string;
    readonly headings: Readonly<
      Record<OpeningPurpose, Readonly<Record<'working' | 'good' | 'bad', (count: number) => string>>>
    >;
    readonly untouched: (count: number) => string;
    readonly tally: Readonly<Record<OpeningPurpose, { readonly good: string; readonly bad: string }>>;
    readonly from: (name: string) => string;
    readonly seeAbove: string;
  };
  readonly check: {
    readonly verdicts: Readonly<Record<'ready' | 'warned' | 'refused', string>>;
    readonly phone: string;
    readonly needs: string;
    readonly needsOneOf: string;
    readonly same: string;
    readonly sameKey: string;
    readonly other: string;
    readonly warnings: Readonly<Record<BidWarning, StateText>>;
  };
}
