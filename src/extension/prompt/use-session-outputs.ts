import { useEffect, useState } from 'preact/hooks';
import { CodedError, codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionOutput, SessionView } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { windowStep } from '../ui/window-step.ts';

/** A written file under an address of this window. */
export interface OutputFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly address: string;
}

interface SessionOutputs {
  /** Undefined until the background has handed them over; then they stay as long as the window does. */
  readonly files: readonly OutputFile[] | undefined;
  /** Why they are not here yet; they are asked for again all the same. */
  readonly problem: ErrorCode | undefined;
  /** Indexes of files that the user has saved. */
  readonly saved: ReadonlySet<number>;
  readonly markSaved: (index: number) => void;
}

/** Milliseconds until files that could not be had are asked for again. */
const retryDelay = 1_000;

const none: ReadonlySet<number> = new Set();

/**
 * The files that the user is to save, from the step at which the session waits for that. A session that goes back to
 * work makes others, so what was there is dropped.
 */
export function useSessionOutputs(client: BackgroundClient, session: SessionView): SessionOutputs {
  const { id, state } = session;
  const [files, setFiles] = useState<readonly OutputFile[]>();
  const [saved, setSaved] = useState(none);
  const [problem, setProblem] = useState<ErrorCode>();
  const isWanted = files === undefined && windowStep(session) === 'saveFiles';
  const expected = countWritten(session);
  const isAtWork = state !== 'completing' && !isEndState(state);
  useEffect(() => {
    if (!isAtWork) return;
    setFiles(undefined);
    setSaved(none);
  }, [isAtWork]);
  useEffect(() => {
    if (!isWanted) return undefined;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      timer = setTimeout(() => void ask(), retryDelay);
    };
    const ask = async (): Promise<void> => {
      try {
        const outputs = await client.send({ command: 'sessionOutputs', sessionId: id });
        if (!wanted) return;
        setProblem(undefined);
        // Fewer would look as if they were all.
        if (outputs.length > 0 && outputs.length === expected) setFiles(toFiles(outputs));
        else again();
      } catch (error) {
        if (!wanted) return;
        setProblem(codeOf(error));
        again();
      }
    };
    void ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, id, isWanted, expected]);
  useEffect(() => () => files?.forEach(({ address }) => URL.revokeObjectURL(address)), [files]);
  const markSaved = (index: number): void => setSaved((before) => new Set([...before, index]));
  return { files, problem, saved, markSaved };
}

function countWritten({ bid }: SessionView): number {
  const opened = bid?.files.filter((file) => file.ok && file.plain !== undefined) ?? [];
  return bid?.receipts?.length ?? opened.length;
}

/** @throws CodedError `BRIDGE_INTERNAL` for an output whose bytes got lost on the way */
function toFiles(outputs: readonly SessionOutput[]): readonly OutputFile[] {
  const blobs = outputs.map(({ name, blob }) => {
    if (!(blob instanceof Blob)) throw new CodedError('BRIDGE_INTERNAL');
    return { name, blob };
  });
  return blobs.map(({ name, blob }) => ({ name, size: blob.size, address: URL.createObjectURL(blob) }));
}
