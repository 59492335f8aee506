// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Countdown } from '../../../../src/extension/ui/countdown.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, renderPage, settle } from './page-harness.tsx';

const text = uiTexts['zh-CN'].countdown;
const start = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (seconds: number): Promise<void> => settle(() => void vi.advanceTimersByTime(seconds * 1_000));
const shown = (): string | null => element('.countdown > :first-child').textContent;
const spoken = (): string | null => element('.countdown [aria-live=polite]').textContent;

test.each([
  [125_000, '2:05'],
  [60_000, '1:00'],
  [59_001, '1:00'],
  [9_000, '0:09'],
  [1, '0:01'],
])('%d ms left are shown as %s', async (left, clock) => {
  await renderPage(<Countdown expiresAt={start + left} />);
  expect(shown()).toBe(text.remaining(clock));
});

test.each([0, -1, -86_400_000])('at the end (%d ms left) it waits, and counts no further', async (left) => {
  await renderPage(<Countdown expiresAt={start + left} />);
  expect(shown()).toBe(text.over);
  await pass(5);
  expect(shown()).toBe(text.over);
});

test('it runs with the clock', async () => {
  await renderPage(<Countdown expiresAt={start + 65_000} />);
  await pass(3);
  expect(shown()).toBe(text.remaining('1:02'));
});

test('a renewed code has its own time', async () => {
  await renderPage(<Countdown expiresAt={start + 5_000} />);
  await renderPage(<Countdown expiresAt={start + 120_000} />);
  expect(shown()).toBe(text.remaining('2:00'));
});

test('screen readers hear of 60, 30 and 10 seconds, and of nothing between', async () => {
  await renderPage(<Countdown expiresAt={start + 120_000} />);
  const heard = new Set<string>();
  for (let second = 0; second < 130; second += 1) {
    heard.add(spoken() ?? '');
    await pass(1);
  }
  expect([...heard]).toEqual(['', ...[60, 30, 10].map(text.announcement)]);
});

test('no timer outlives it', async () => {
  await renderPage(<Countdown expiresAt={start + 5_000} />);
  await renderPage(<p />);
  // Preact's own timers run out within a second.
  await pass(1);
  expect(vi.getTimerCount()).toBe(0);
});
