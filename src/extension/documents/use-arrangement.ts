import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  createArrangement,
  type ArrangedDocument,
  type Arrangement,
  type ArrangementState,
  type LendPdf,
} from './arrangement.ts';
import { openPdf } from './open-pdf.ts';

/** An arrangement of `documents` that lives as long as they stay the same, and its state. */
export function useArrangement(documents: readonly ArrangedDocument[]): [Arrangement, ArrangementState] {
  const latest = useRef(documents);
  latest.current = documents;
  const key = documents.map(({ name }) => name).join('\n');
  const [, setChanged] = useState<ArrangementState>();
  const { arrangement, lifetime } = useMemo(() => {
    const ending = new AbortController();
    const onChange = (state: ArrangementState): void => {
      if (!ending.signal.aborted) setChanged(state);
    };
    const lend: LendPdf = async (index, use) => {
      const blob = latest.current[index]?.blob;
      if (blob === undefined) return undefined;
      const closing = new AbortController();
      try {
        return await use(await openPdf(blob, AbortSignal.any([ending.signal, closing.signal])));
      } catch {
        return undefined;
      } finally {
        closing.abort();
      }
    };
    return { arrangement: createArrangement(latest.current, lend, onChange), lifetime: ending };
    // A new list of the same documents is no new arrangement.
  }, [key]);
  useEffect(() => () => lifetime.abort(), [lifetime]);
  return [arrangement, arrangement.state()];
}
