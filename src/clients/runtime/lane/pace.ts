import { timeLimits } from '../../../protocol/limits.ts';

export interface PaceLimits {
  /** Milliseconds that a peer may let us wait for the next bytes. */
  readonly silence: number;
  /** Bytes a second at least, over all the time that we waited for the peer, once that is longer than `silence`. */
  readonly floor: number;
}

export const defaultPace: PaceLimits = { silence: timeLimits.laneSilence, floor: 65_536 };

export interface Pace {
  /** We wait for the peer now. */
  waiting(): void;
  /** The peer gave or took so many bytes; we are busy ourselves until the next `waiting()`. */
  moved(bytes: number): void;
  stop(): void;
}

/** Calls `onSlow`, once, for a peer that is slower than it may be. Time that we ourselves take is not counted. */
export function watchPace({ silence, floor }: PaceLimits, onSlow: () => void): Pace {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  let waited = 0;
  let total = 0;
  return {
    waiting() {
      since = performance.now();
      timer = setTimeout(onSlow, silence);
    },
    moved(bytes) {
      clearTimeout(timer);
      waited += performance.now() - since;
      total += bytes;
      if (waited > silence && (total * 1_000) / waited < floor) onSlow();
    },
    stop: () => clearTimeout(timer),
  };
}
