import type { BidWarning, FileFacts, Recipient } from '../../protocol/bids.ts';

/** What the back end tells its pages of projects and bids, as JSON; times are milliseconds since the epoch. */
export interface ProjectView {
  readonly id: string;
  readonly name: string;
  readonly openingTime: number;
  /** By the back end's clock: uploads have ended, and bids may be opened. */
  readonly isOpen: boolean;
  /** Certificates that must be able to open every bid, base64 DER. */
  readonly recipients: readonly string[];
}

export interface ProjectsView {
  /** The back end's clock, by which all times count. */
  readonly now: number;
  readonly projects: readonly ProjectView[];
}

export interface Bidder {
  readonly organisation: string;
  readonly creditCode: string;
}

/** An upload that was taken, and what the back end found. */
export interface BidView {
  /** Of the project, never used twice. */
  readonly n: number;
  readonly name: string;
  readonly size: number;
  readonly sm3: string;
  readonly plainSize: number;
  readonly uploadedAt: number;
  /** Who was logged in, and can open it; absent where nobody was. */
  readonly bidder?: Bidder;
  readonly recipients: readonly Recipient[];
  readonly warnings: readonly BidWarning[];
}

/** 唱标: what a bidder opened, read out to all. */
export interface ReadingView {
  readonly n: number;
  readonly bidder?: Bidder;
  readonly plain: FileFacts;
  readonly openedAt: number;
}
