import { useCallback, useRef, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { UiCommand } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from './background-client.ts';

export interface CommandRunner {
  /** Commands whose replies are awaited, oldest first. */
  readonly pending: readonly UiCommand[];
  /** Why the last command failed. */
  readonly problem: ErrorCode | undefined;
  /** Sends `command`, unless the same one is awaited already. Others go on beside it: cancel never has to wait. */
  run(command: UiCommand): void;
}

/** Commands of a page's buttons, the failure kept for display. */
export function useCommand(client: BackgroundClient): CommandRunner {
  const awaited = useRef<readonly UiCommand[]>([]);
  const [pending, setPending] = useState<readonly UiCommand[]>([]);
  const [problem, setProblem] = useState<ErrorCode>();
  const run = useCallback(
    (command: UiCommand): void => {
      const track = (commands: readonly UiCommand[]): void => {
        awaited.current = commands;
        setPending(commands);
      };
      if (awaited.current.some((other) => JSON.stringify(other) === JSON.stringify(command))) return;
      track([...awaited.current, command]);
      setProblem(undefined);
      client
        .send(command)
        .catch((error: unknown) => setProblem(codeOf(error)))
        .finally(() => track(awaited.current.filter((other) => other !== command)));
    },
    [client],
  );
  return { pending, problem, run };
}
