import { useEffect, useState } from 'preact/hooks';
import type { PhoneAgent, PendingLogin } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';

const askEveryMs = 1_500;

/** Milliseconds since the epoch on this device at which a scanned login ends, where the platform said so. */
export function deadlineOf({ expiresIn }: PendingLogin, scannedAt: number): number | undefined {
  return expiresIn === undefined ? undefined : scannedAt + expiresIn * 1_000;
}

/** Whole seconds until `deadline`, counted down; undefined without one. */
export function useSecondsLeft(deadline: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (deadline === undefined) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [deadline]);
  return deadline === undefined ? undefined : Math.max(0, Math.ceil((deadline - now) / 1_000));
}

/** Calls `onEnded` once the computer's side no longer waits for `pending`. */
export function useStillWanted(
  agent: PhoneAgent,
  pending: PendingLogin | undefined,
  onEnded: () => void,
): void {
  useEffect(() => {
    if (pending === undefined) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      try {
        await agent.checkStillWanted(pending);
      } catch (error) {
        if (wanted && error instanceof PhoneError && error.code === 'ended') onEnded();
      }
    };
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [agent, pending]);
}
