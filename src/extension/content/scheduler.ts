/** The detector's time: the browser's, or a test's own. */
export interface Scheduler {
  /** Runs `work` when the page has nothing to do, at the latest after so many milliseconds. */
  idle(work: () => void, withinMs: number): void;
  after(work: () => void, ms: number): void;
  /** Milliseconds from some moment on; may jump when the machine's clock is set. */
  now(): number;
}

export const browserScheduler: Scheduler = {
  idle: (work, timeout) => void requestIdleCallback(work, { timeout }),
  after: (work, ms) => void setTimeout(work, ms),
  // A tenth of what `performance.now` costs here; who compares times bounds what a clock that is set makes of it.
  now: Date.now,
};

/** Milliseconds: what comes first is looked at when the page is idle, but within this; what comes next after the pause. */
const idleWithin = 30;
const pause = 80;

/** @returns a function that asks for one `look` soon: asked a hundred times, it looks once, and not twice within 80 ms */
export function paced(scheduler: Scheduler, look: () => void): () => void {
  let isDue = false;
  let lastLook = -pause;
  const run = () => {
    isDue = false;
    look();
    lastLook = scheduler.now();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    const rest = Math.min(lastLook + pause - scheduler.now(), pause);
    if (rest <= 0) scheduler.idle(run, idleWithin);
    else scheduler.after(run, rest);
  };
}
