import { useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { UiCommand } from '../../protocol/ui-messages.ts';
import type { Meanwhile, SettingsAccess } from './use-settings.ts';

/** How the last press of a section went. */
export interface Saving {
  readonly busy: boolean;
  readonly problem: ErrorCode | undefined;
  /** What to say of it; undefined before the first press. */
  readonly said: string | undefined;
  /** Sends `command`; `done` is said once the background has it. */
  run(command: UiCommand, done: string, meanwhile?: Meanwhile): void;
  /** Says something without a command. */
  say(words: string): void;
  fail(code: ErrorCode): void;
}

export function useSaving({ send }: SettingsAccess): Saving {
  const [running, setRunning] = useState(0);
  const [outcome, setOutcome] = useState<{ readonly said?: string; readonly problem?: ErrorCode }>({});
  return {
    busy: running > 0,
    problem: outcome.problem,
    said: outcome.said,
    run(command, done, meanwhile) {
      setRunning((count) => count + 1);
      setOutcome({});
      send(command, meanwhile)
        .then(
          () => setOutcome({ said: done }),
          (error: unknown) => setOutcome({ problem: codeOf(error) }),
        )
        .finally(() => setRunning((count) => count - 1));
    },
    say: (words) => setOutcome({ said: words }),
    fail: (code) => setOutcome({ problem: code }),
  };
}
