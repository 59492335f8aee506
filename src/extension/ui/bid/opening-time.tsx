import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useText } from '../text/text-context.ts';
import { durationText } from './duration-text.ts';
import { useMomentText } from './use-moment-text.ts';

/** Milliseconds between two looks at the clock. */
const tick = 15_000;

/** When the bids are opened (ms since the epoch), as the site gave it, and how long that is on this computer's clock. */
export function OpeningTime({ at }: { at: number }): VNode {
  const text = useText().bid.openingTime;
  const { moment } = useMomentText();
  const left = at - useNow();
  const amount = durationText(left, text.units);
  const wait = amount === '' ? text.soon : text.remaining(amount);
  return (
    <p class="opening-time">
      <span class="label">{text.label}</span> <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>
      <strong>{left <= 0 ? text.reached : wait}</strong>
    </p>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  return now;
}
