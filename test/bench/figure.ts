/** One line of the table. */
export interface Figure {
  readonly metric: string;
  /** Measured values, in `unit`; without any the metric is "none", which only some can be. */
  readonly samples: readonly number[];
  readonly unit: 'ms' | 'kB';
  /** What the peers have for it. */
  readonly peers: string;
}
