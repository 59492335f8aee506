import { useEffect, useState } from 'preact/hooks';
import type { FlowParts } from './flow-parts.ts';
import type { Tone } from './message-screen.tsx';
import type { PendingRequest, PhoneAgent } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import type { Message } from './texts.ts';

const askEveryMs = 1_500;

/** Whole seconds until `deadline`, counted down; undefined without one. */
function useSecondsLeft(deadline: number | undefined): number | undefined {
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
function useStillWanted(agent: PhoneAgent, pending: PendingRequest | undefined, onEnded: () => void): void {
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

export interface Deadline {
  readonly secondsLeft: number | undefined;
  /** The session has this many seconds from now on. */
  readonly extend: (seconds: number | undefined) => void;
  /** Ends the screens with what went wrong. */
  readonly onProblem: (error: unknown) => void;
  /** Ends the screens with this message and tells the front server that the user refused. */
  readonly refuse: (tone: Tone, message: Message) => void;
}

const deadlineIn = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Date.now() + seconds * 1_000;

/** Ends a request's screens when its time is over or, while `waiting`, when the computer's side gave up. */
export function useDeadline(parts: FlowParts, pending: PendingRequest, waiting: boolean): Deadline {
  const { texts, agent, onEnd } = parts;
  const [deadline, setDeadline] = useState(() => deadlineIn(pending.expiresIn));
  const secondsLeft = useSecondsLeft(waiting ? deadline : undefined);
  const tellEnded = (): void => {
    const expired = deadline !== undefined && Date.now() >= deadline;
    onEnd('bad', expired ? texts.expired : texts.cancelled);
  };
  useStillWanted(agent, waiting ? pending : undefined, tellEnded);
  useEffect(() => {
    if (secondsLeft === 0) onEnd('bad', texts.expired);
  }, [secondsLeft]);
  return {
    secondsLeft,
    extend: (seconds) => setDeadline(deadlineIn(seconds)),
    onProblem: (error) =>
      error instanceof PhoneError && error.code === 'ended' ? tellEnded() : parts.onProblem(error),
    refuse: (tone, message) => {
      onEnd(tone, message);
      void agent.refuse(pending).catch(() => undefined);
    },
  };
}
