import type { FileHandle } from 'node:fs/promises';
import { CodedError } from '../../../protocol/coded-error.ts';

/** What is done with the descriptor of an open file. `gone` aborts when the file is to be closed: end soon then. */
export type DescriptorWork<Result> = (descriptor: number, gone: AbortSignal) => Promise<Result>;

export interface HandleLender {
  /** Rejects with `FILE_UNKNOWN` where the file is gone, or goes while the work runs and the work fails. */
  lend<Result>(work: DescriptorWork<Result>): Promise<Result>;
  /** Resolves when nobody works with the descriptor any more. */
  returned(): Promise<void>;
}

/**
 * Lends a file's descriptor to threads. A closed descriptor's number may be another file's at once, so whoever closes
 * the file waits until it is returned.
 */
export function createHandleLender(handle: FileHandle, gone: AbortSignal): HandleLender {
  const loans = new Set<Promise<unknown>>();
  return {
    async lend(work) {
      if (gone.aborted) throw new CodedError('FILE_UNKNOWN');
      const loan = (async () => work(handle.fd, gone))();
      loans.add(loan);
      try {
        return await loan;
      } catch (error) {
        throw gone.aborted ? new CodedError('FILE_UNKNOWN') : error;
      } finally {
        loans.delete(loan);
      }
    },
    async returned() {
      await Promise.allSettled(loans);
    },
  };
}
