import type * as v from 'valibot';
import type { MethodMap } from '../../protocol/native-messages.ts';
import type { FileStore } from './files/file-store.ts';
import type { Log } from './log.ts';

/** What a method may use while it runs. */
export interface MethodContext {
  /** Aborts when the extension cancels the request, when the browser lets go, and when the process is to end. */
  readonly signal: AbortSignal;
  /** Tells the extension how far the request is, in bytes or steps; may be called as often as it likes. */
  progress(done: number, total: number): void;
  /** Outputs that the request makes are removed unless it succeeds. */
  readonly files: FileStore;
  readonly log: Log;
}

/** A method: its parameters are decoded before it runs; it rejects with `CodedError` for what the user can be told. */
export interface MethodHandler {
  readonly params: v.GenericSchema;
  /** Is over soon or only waits: no job of `countLimits.clientJobs`, without files, progress and trace in the log. */
  readonly brief?: true;
  run(params: never, context: MethodContext): Promise<object>;
}

export type MethodHandlers = Readonly<Record<string, MethodHandler>>;

/** A handler for each method of a map, with the types of its parameters and its result. */
export type HandlersOf<Methods extends MethodMap> = {
  readonly [Name in keyof Methods]: {
    readonly params: Methods[Name]['params'];
    readonly brief?: true;
    run(
      params: v.InferOutput<Methods[Name]['params']>,
      context: MethodContext,
    ): Promise<v.InferOutput<Methods[Name]['result']> & object>;
  };
};
