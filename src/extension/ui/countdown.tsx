import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useText } from './text/text-context.ts';

/** Seconds left at which screen readers are told; any more would drown the rest. */
const announcedAt = [60, 30, 10];

/** Time left until `expiresAt` (ms since the epoch). At the end it waits: only the background knows what comes. */
export function Countdown({ expiresAt }: { expiresAt: number }): VNode {
  const text = useText().countdown;
  const seconds = useSecondsUntil(expiresAt);
  const announced = announcedAt.findLast((mark) => seconds > 0 && seconds <= mark && mark - seconds < 5);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <div class={`countdown ${seconds <= 30 ? 'countdown-short' : ''}`}>
      <span aria-hidden={seconds === 0 ? undefined : 'true'}>
        {seconds === 0 ? text.over : text.remaining(clock)}
      </span>
      <span class="visually-hidden" aria-live="polite">
        {announced === undefined ? '' : text.announcement(announced)}
      </span>
    </div>
  );
}

function useSecondsUntil(expiresAt: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return Math.max(0, Math.ceil((expiresAt - now) / 1_000));
}
