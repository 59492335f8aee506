import { toBase64 } from '../../lib/bytes.ts';
import type { FileFacts } from '../../protocol/bids.ts';
import type { BidView, ProjectView, ReadingView } from './project-views.ts';

export interface ProjectOptions {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly openingTime: number;
  /** Certificates that must be able to open every bid, DER. */
  readonly recipients: readonly Uint8Array[];
}

/** A bid that was taken, and where it lies. */
export interface TakenBid {
  readonly view: BidView;
  readonly path: string;
}

/** One project with its bids; says nothing of who may see what. */
export interface Project {
  readonly id: string;
  readonly recipients: readonly Uint8Array[];
  openingTime: number;
  view(now: number): ProjectView;
  bids(): readonly TakenBid[];
  /** Takes a bid; gives the one of the same bidder and name that it replaces. */
  take(facts: Omit<BidView, 'n'>, path: string): { readonly bid: BidView; readonly replaced?: TakenBid };
  readings(): readonly ReadingView[];
  /**
   * Reads out what was opened. The same again changes nothing.
   * @returns undefined where it cannot be what is in the bid, or another was read out for it before
   */
  readOut(bid: BidView, plain: FileFacts, now: number): ReadingView | undefined;
}

export function createProject({ id, name, openingTime, recipients }: ProjectOptions): Project {
  const bids = new Map<number, TakenBid>();
  const readings = new Map<number, ReadingView>();
  let last = 0;

  const project: Project = {
    id,
    recipients,
    openingTime,
    view: (now) => ({
      id,
      name,
      openingTime: project.openingTime,
      isOpen: now >= project.openingTime,
      recipients: recipients.map(toBase64),
    }),
    bids: () => [...bids.values()],
    take(facts, path) {
      const isSame = ({ view: { name: other, bidder } }: TakenBid): boolean =>
        other === facts.name && bidder?.creditCode === facts.bidder?.creditCode;
      const replaced = [...bids.values()].find(isSame);
      if (replaced !== undefined) bids.delete(replaced.view.n);
      last += 1;
      const bid = { ...facts, n: last };
      bids.set(last, { view: bid, path });
      return { bid, ...(replaced === undefined ? {} : { replaced }) };
    },
    readings: () => [...readings.values()],
    readOut({ n, plainSize, bidder }, plain, now) {
      const earlier = readings.get(n);
      if (earlier !== undefined) return isEqual(earlier.plain, plain) ? earlier : undefined;
      if (plain.size !== plainSize) return undefined;
      const reading = { n, ...(bidder === undefined ? {} : { bidder }), plain, openedAt: now };
      readings.set(n, reading);
      return reading;
    },
  };
  return project;
}

function isEqual(left: FileFacts, right: FileFacts): boolean {
  return left.name === right.name && left.size === right.size && left.sm3 === right.sm3;
}
