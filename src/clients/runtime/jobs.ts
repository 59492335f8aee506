import { CodedError } from '../../protocol/coded-error.ts';
import { countLimits } from '../../protocol/limits.ts';
import type { NativeNotification, NativeResponse } from '../../protocol/native-messages.ts';
import { failedEvent } from './failed-event.ts';
import { clientErrorCode, failureOf } from './failure-of.ts';
import type { FileStore } from './files/file-store.ts';
import { createJobFiles } from './files/job-files.ts';
import type { Log } from './log.ts';
import type { MethodContext, MethodHandler } from './method-handlers.ts';
import { throttleProgress } from './throttled-progress.ts';

export type ClientMessage = NativeResponse | NativeNotification;

/** A request whose parameters are decoded. */
export interface Job {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  readonly handler: MethodHandler;
}

export interface Jobs {
  /** Runs a method of the runtime itself, or one of the client that is over soon or only waits. */
  startBrief(job: Job): void;
  /**
   * Runs a method of the client: one of at most `countLimits.clientJobs`, with progress, files of its own and a trace
   * in the log.
   */
  start(job: Job): void;
  /** Requests without a response. */
  unanswered(): number;
  /** True while the request of this id has no response. */
  isUnanswered(id: number): boolean;
  /** Aborts a request, which answers `REQUEST_ABORTED` at once; nothing when it is answered. */
  cancel(id: number): void;
  /** True while a method works, be it answered or not. */
  isBusy(): boolean;
  /** Aborts every request. Resolves when each method has come to its end. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  readonly files: FileStore;
  readonly log: Log;
  /** @throws CodedError for a message that is too long. */
  readonly send: (message: ClientMessage) => void;
  /** Called when a method has come to its end. */
  readonly onEnd: () => void;
}

/** Methods at work. */
export function createJobs({ files, log, send, onEnd }: JobsOptions): Jobs {
  const unanswered = new Map<number, AbortController>();
  const working = new Set<Promise<unknown>>();
  let longJobs = 0;
  let count = 0;

  const reportUnforeseen = (error: unknown) => {
    if (clientErrorCode(error) === 'BRIDGE_INTERNAL') log.write(failedEvent(error));
  };
  const answer = async (id: number, outcome: Promise<object>) => {
    try {
      const result = await outcome;
      send({ jsonrpc: '2.0', id, result });
    } catch (error) {
      reportUnforeseen(error);
      send(failureOf(id, error));
    } finally {
      unanswered.delete(id);
    }
  };
  /** What comes first: the end of the method, or that nobody wants it any more. */
  const begin = (
    { id, params, handler }: Job,
    context: Omit<MethodContext, 'signal'>,
    onWorkEnd: () => void = () => undefined,
  ): Promise<object> => {
    const controller = new AbortController();
    const { signal } = controller;
    unanswered.set(id, controller);
    const work = (async () => handler.run(params as never, { ...context, signal }))();
    working.add(work);
    const end = () => {
      working.delete(work);
      onWorkEnd();
      onEnd();
    };
    work.then(end, end);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new CodedError('REQUEST_ABORTED')), { once: true });
    });
    return Promise.race([work, aborted]);
  };
  const runLong = async (job: Job): Promise<object> => {
    count += 1;
    const number = count;
    const begun = performance.now();
    const jobFiles = createJobFiles(files);
    const progress = throttleProgress((done, total) =>
      send({ jsonrpc: '2.0', method: 'progress', params: { id: job.id, done, total } }),
    );
    const end = (outcome: 'done' | ReturnType<typeof clientErrorCode>) => {
      progress.end();
      void jobFiles.settle(outcome === 'done');
      const milliseconds = Math.round(performance.now() - begun);
      log.write({ event: 'jobEnded', job: number, outcome, milliseconds });
    };
    log.write({ event: 'jobStarted', job: number, method: job.method });
    longJobs += 1;
    try {
      const context = {
        progress: (done: number, total: number) => progress.report(done, total),
        files: jobFiles.files,
        log,
      };
      const result = await begin(job, context, () => (longJobs -= 1));
      end('done');
      return result;
    } catch (error) {
      end(clientErrorCode(error));
      throw error;
    }
  };

  return {
    startBrief(job) {
      void answer(job.id, begin(job, { progress: () => undefined, files, log }));
    },
    start(job) {
      if (longJobs >= countLimits.clientJobs) return send(failureOf(job.id, new CodedError('CLIENT_BUSY')));
      void answer(job.id, runLong(job));
    },
    unanswered: () => unanswered.size,
    isUnanswered: (id) => unanswered.has(id),
    cancel: (id) => unanswered.get(id)?.abort(),
    isBusy: () => working.size > 0,
    async stop() {
      for (const controller of unanswered.values()) controller.abort();
      await Promise.allSettled(working);
    },
  };
}
