import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttleProgress } from '../../../../src/clients/runtime/throttled-progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('progress', () => {
  it('is sent at once the first time', () => {
    const send = vi.fn<(done: number, total: number) => void>();
    throttleProgress(send).report(1, 9);
    expect(send.mock.calls).toEqual([[1, 9]]);
  });

  it('is sent every 100 ms at most, the latest of those in between', () => {
    const send = vi.fn<(done: number, total: number) => void>();
    const progress = throttleProgress(send);
    for (const done of [1, 2, 3]) progress.report(done, 9);
    vi.advanceTimersByTime(99);
    expect(send).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    progress.report(4, 9);
    expect(send.mock.calls).toEqual([
      [1, 9],
      [3, 9],
    ]);
  });

  it('is never held back for good', () => {
    const send = vi.fn<(done: number, total: number) => void>();
    const progress = throttleProgress(send);
    progress.report(1, 9);
    progress.report(2, 9);
    vi.advanceTimersByTime(100);
    expect(send).toHaveBeenLastCalledWith(2, 9);
  });

  it('is complete before the end, leaves no timer, and stops there', () => {
    const send = vi.fn<(done: number, total: number) => void>();
    const progress = throttleProgress(send);
    progress.report(1, 9);
    progress.report(9, 9);
    progress.end();
    progress.report(10, 9);
    expect(send).toHaveBeenLastCalledWith(9, 9);
    expect(vi.getTimerCount()).toBe(0);
  });
});
