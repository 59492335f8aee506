/** One line of the table. */
export interface Figure {
  readonly metric: string;
  /** Measured values, in `unit`; without any the metric is "none", which only some can be. */
  readonly samples: readonly number[];
  readonly unit: Unit;
  /** What the peers have for it, or what a peer did in the same run. */
  readonly peers: string | RunPeer;
}

export type Unit = 'ms' | 'µs' | 'kB' | 'MiB' | 'MB/s' | '/s';

/** A peer that was measured beside us, in turns. */
export interface RunPeer {
  readonly name: string;
  /** In the figure's unit; each taken next to our sample of the same place. Without any it did not get there. */
  readonly samples: readonly number[];
  /** What else there is to say; where it failed, how. */
  readonly note?: string;
}
