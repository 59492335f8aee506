// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { durationText } from '../../../../src/extension/ui/bid/duration-text.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { encryptView, openingTime } from './bid-view.ts';
import { element, renderPage, settle } from './page-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].bid.openingTime;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const show = (bid: Parameters<typeof encryptView>[1]): Promise<void> =>
  renderPage(
    <SessionCard
      session={encryptView('awaitingScan', bid)}
      client={createMockBackgroundClient()}
      onClose={() => undefined}
    />,
  );

test.each([
  [0, ''],
  [minute - 1, ''],
  [minute, '1 分钟'],
  [hour - 1, '59 分钟'],
  [hour, '1 小时'],
  [hour + minute, '1 小时 1 分钟'],
  [day - 1, '23 小时 59 分钟'],
  [day, '1 天'],
  [day + 59 * minute, '1 天'],
  [3 * day + 2 * hour + 59 * minute, '3 天 2 小时'],
])('%i milliseconds are %j, never more than is left', (milliseconds, words) => {
  expect(durationText(milliseconds, text.units)).toBe(words);
});

test('without an opening time no deadline is invented', async () => {
  await show({});
  expect(document.querySelector('.opening-time')).toBeNull();
});

test.each([
  [2 * day, text.remaining('2 天')],
  [minute - 1, text.soon],
  [0, text.reached],
  [-day, text.reached],
])('%i milliseconds before the opening it says so', async (left, words) => {
  vi.setSystemTime(openingTime - left);
  await show({ openingTime });
  expect(element('.opening-time strong').textContent).toBe(words);
});

test('the wait goes on while the window is open', async () => {
  vi.setSystemTime(openingTime - 2 * minute);
  await show({ openingTime });
  expect(element('.opening-time strong').textContent).toBe(text.remaining('2 分钟'));
  await settle(() => void vi.advanceTimersByTime(minute + 15_000));
  expect(element('.opening-time strong').textContent).toBe(text.soon);
});

test('the opening time is given with its zone', async () => {
  await show({ openingTime });
  expect(element('.opening-time time').textContent).toMatch(/^2026年8月2[01]日 \d\d:\d\d（GMT.*）$/);
  expect(element('.opening-time time').getAttribute('datetime')).toBe('2026-08-21T01:00:00.000Z');
});
