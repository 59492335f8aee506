import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionState } from '../../protocol/session-states.ts';
import { failureOf, type Failure } from './failures.ts';

/** What a request of the page is at; `stage` names it for machines, `text` for people. */
export interface Running {
  readonly stage: string;
  readonly text: string;
}

export type RunView<Result> =
  | ({ readonly name: 'running' } & Running)
  | { readonly name: 'form' }
  | { readonly name: 'done'; readonly result: Result }
  | { readonly name: 'failure'; readonly failure: Failure };

/** What work is given: the SDK's call options, and a way to say what it is at outside of them. */
export interface RunTools {
  readonly signal: AbortSignal;
  readonly onState: (state: SessionState) => void;
  readonly tell: (running: Running) => void;
}

export interface Run<Result> {
  readonly view: RunView<Result>;
  readonly run: (work: (tools: RunTools) => Promise<Result>) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

/** One request at a time, with its progress and its end. */
export function useRun<Result>(states: Readonly<Record<SessionState, string>>): Run<Result> {
  const [view, setView] = useState<RunView<Result>>({ name: 'form' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run: Run<Result>['run'] = async (work) => {
    if (running.current !== undefined) return;
    const controller = new AbortController();
    running.current = controller;
    const tell = (now: Running): void => setView({ name: 'running', ...now });
    const onState = (state: SessionState): void => tell({ stage: state, text: states[state] });
    onState('requested');
    try {
      setView({ name: 'done', result: await work({ signal: controller.signal, onState, tell }) });
    } catch (error) {
      setView(controller.signal.aborted ? { name: 'form' } : { name: 'failure', failure: failureOf(error) });
    } finally {
      running.current = undefined;
    }
  };
  return { view, run, cancel: () => running.current?.abort(), reset: () => setView({ name: 'form' }) };
}
