import { timeLimits } from '../../protocol/limits.ts';

export interface ThrottledProgress {
  report(done: number, total: number): void;
  /** Sends what was held back; later reports are dropped. */
  end(): void;
}

/** Hands on reports at most every `timeLimits.clientProgress`, the latest of those in between, and always the last. */
export function throttleProgress(send: (done: number, total: number) => void): ThrottledProgress {
  let latest: readonly [done: number, total: number] | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const flush = () => {
    timer = undefined;
    if (latest === undefined) return;
    send(...latest);
    latest = undefined;
    if (!ended) timer = setTimeout(flush, timeLimits.clientProgress);
  };
  return {
    report(done, total) {
      if (ended) return;
      latest = [done, total];
      if (timer === undefined) flush();
    },
    end() {
      ended = true;
      clearTimeout(timer);
      flush();
    },
  };
}
