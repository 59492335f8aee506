import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../../src/extension/background/settings/history.ts';
import { setLogLevel } from '../../../../src/extension/background/log.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 31);

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => {
  vi.useRealTimers();
  setLogLevel('error');
});

function keep(days: number, drop: (time: number) => Promise<void> = async () => undefined) {
  const state = { days };
  const dropReceiptsBefore = vi.fn<(time: number) => Promise<void>>(drop);
  const history = createHistory({ store: { dropReceiptsBefore }, days: () => state.days, now: Date.now });
  return { history, state, dropReceiptsBefore };
}

describe('receipts', () => {
  it('that are too old go at the start', () => {
    expect(keep(30).dropReceiptsBefore.mock.calls).toEqual([[now - 30 * day]]);
  });

  it('stay for ever where the user wants them to', async () => {
    const { history, dropReceiptsBefore } = keep(0);
    await history.sweep();
    await vi.advanceTimersByTimeAsync(3 * day);
    expect(dropReceiptsBefore).not.toHaveBeenCalled();
  });

  it('go as soon as the user wants fewer', async () => {
    const { history, state, dropReceiptsBefore } = keep(0);
    state.days = 90;
    await history.sweep();
    expect(dropReceiptsBefore.mock.calls).toEqual([[now - 90 * day]]);
  });

  it('go daily while the worker lives', async () => {
    const { dropReceiptsBefore } = keep(365);
    await vi.advanceTimersByTimeAsync(2 * day);
    expect(dropReceiptsBefore.mock.calls).toEqual([[now - 365 * day], [now - 364 * day], [now - 363 * day]]);
  });

  it('that the store would not drop stop nothing, and are tried again the next day', async () => {
    setLogLevel('off');
    const { history, dropReceiptsBefore } = keep(30, () => Promise.reject(new Error('disk')));
    await expect(history.sweep()).resolves.toBeUndefined();
    await vi.advanceTimersByTimeAsync(day);
    expect(dropReceiptsBefore).toHaveBeenCalledTimes(3);
  });
});
