import { CodedError } from '../../../protocol/coded-error.ts';
import type { FileStore, OutputFile, PositionedOutput, StoredFile } from './file-store.ts';

export interface JobFiles {
  /** The store as one job sees it. */
  readonly files: FileStore;
  /**
   * The job ended: outputs that it did not finish are removed, and all of its outputs where it did not succeed,
   * for nobody knows of them. A job that still runs makes no more of them.
   */
  settle(succeeded: boolean): Promise<void>;
}

type Ends = Pick<OutputFile, 'finish' | 'abandon'>;

/** Remembers what a job makes. */
export function createJobFiles(store: FileStore): JobFiles {
  const unfinished = new Set<Ends>();
  const finished = new Set<string>();
  let ended = false;

  const checkRunning = () => {
    if (ended) throw new CodedError('REQUEST_ABORTED');
  };
  /** The ends of an output, noticed. */
  const watch = async (output: Ends): Promise<Ends> => {
    if (ended) await output.abandon();
    checkRunning();
    unfinished.add(output);
    return {
      async finish(): Promise<StoredFile> {
        const stored = await output.finish();
        unfinished.delete(output);
        finished.add(stored.file);
        return stored;
      },
      async abandon() {
        unfinished.delete(output);
        await output.abandon();
      },
    };
  };
  const createOutput: FileStore['createOutput'] = async (name): Promise<OutputFile> => {
    checkRunning();
    const output = await store.createOutput(name);
    return { ...output, ...(await watch(output)) };
  };
  const createPositioned: FileStore['createPositioned'] = async (...wishes): Promise<PositionedOutput> => {
    checkRunning();
    const output = await store.createPositioned(...wishes);
    return { ...output, ...(await watch(output)) };
  };
  return {
    files: { ...store, createOutput, createPositioned },
    async settle(succeeded) {
      ended = true;
      const removals = [...unfinished].map((output) => output.abandon());
      if (!succeeded) removals.push(...[...finished].map((file) => store.drop(file)));
      await Promise.allSettled(removals);
    },
  };
}
