import { CodedError } from '../../../protocol/coded-error.ts';
import { DamagedChunkError } from './chunk-threads.ts';

/** Consecutive chunks. */
export interface Step {
  readonly first: number;
  readonly count: number;
}

/** Cuts the chunks `first` … `end - 1` into steps of at most `most` chunks. */
export function stepsOf(first: number, end: number, most: number): Step[] {
  const steps: Step[] = [];
  for (let at = first; at < end; at += most) steps.push({ first: at, count: Math.min(most, end - at) });
  return steps;
}

export interface StepOptions {
  /** Steps under way at a time. */
  readonly width: number;
  readonly signal: AbortSignal;
  /** Called after each step with the number of chunks, from the first on, that are done without a gap. */
  readonly onDone: (contiguous: number) => void;
}

/**
 * Runs every step, begun in their order. After a failure, or when the signal is aborted, no further one is begun, and
 * what is under way is waited for: nobody works with the files when this settles. Of several damaged chunks the first one
 * is told: all before it were looked at.
 * @throws what the steps reject with; CodedError `REQUEST_ABORTED`
 */
export async function runSteps(
  steps: readonly Step[],
  run: (step: Step) => Promise<void>,
  { width, signal, onDone }: StepOptions,
): Promise<void> {
  const failures: unknown[] = [];
  const done = new Set<number>();
  let next = 0;
  let contiguousSteps = 0;
  let contiguous = 0;
  const finish = (index: number) => {
    done.add(index);
    for (; done.delete(contiguousSteps); contiguousSteps += 1)
      contiguous += steps[contiguousSteps]?.count ?? 0;
    onDone(contiguous);
  };
  const lane = async () => {
    for (;;) {
      const index = next;
      const step = steps[index];
      if (step === undefined || failures.length > 0) return;
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      next += 1;
      await run(step);
      finish(index);
    }
  };
  const lanes = Array.from({ length: width }, () => lane().catch((error: unknown) => failures.push(error)));
  await Promise.all(lanes);
  if (failures.length > 0) throw firstDamage(failures) ?? failures[0];
}

function firstDamage(failures: readonly unknown[]): DamagedChunkError | undefined {
  const damages = failures.filter((failure) => failure instanceof DamagedChunkError);
  return damages.toSorted((one, other) => one.chunk - other.chunk)[0];
}
