import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

interface FocusKeeperOptions {
  readonly heading: RefObject<HTMLElement | null>;
  readonly status: RefObject<HTMLElement | null>;
  /** What is shown: another one takes the focus anew. */
  readonly sessionId: string;
  readonly state: string;
}

/**
 * Keeps the keyboard's place. A card that appears, or whose window comes back to the front, takes the focus to
 * its heading; a button that vanished with its state leaves it on the status line. Focus that is somewhere is
 * never moved.
 */
export function useFocusKeeper({ heading, status, sessionId, state }: FocusKeeperOptions): void {
  useEffect(() => {
    const toHeading = (): void => focusIfNowhere(heading.current);
    toHeading();
    addEventListener('focus', toHeading);
    return () => removeEventListener('focus', toHeading);
  }, [heading, sessionId]);
  useEffect(() => focusIfNowhere(status.current), [status, state]);
}

function focusIfNowhere(target: HTMLElement | null): void {
  const active = document.activeElement;
  if (active === null || active === document.body) target?.focus();
}
