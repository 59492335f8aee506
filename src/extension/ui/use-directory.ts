import { useEffect, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { DirectoryEntry } from '../../protocol/directory.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { BackgroundClient } from './background-client.ts';

interface Directory {
  /** Undefined until they are known. */
  readonly entries: readonly DirectoryEntry[] | undefined;
  readonly problem: ErrorCode | undefined;
}

/** 数字证书办理 as this deployment has it. */
export function useDirectory(client: BackgroundClient): Directory {
  const [entries, setEntries] = useState<readonly DirectoryEntry[]>();
  const [problem, setProblem] = useState<ErrorCode>();
  useEffect(() => {
    client.send({ command: 'directory' }).then(setEntries, (error: unknown) => setProblem(codeOf(error)));
  }, [client]);
  return { entries, problem };
}
