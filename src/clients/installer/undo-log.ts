import { InstallerError } from './installer-error.ts';

export interface UndoLog {
  add(what: string, step: () => Promise<unknown>): void;
  /**
   * Takes all back, the last first; a step that fails does not keep the others.
   * @throws the error that made it necessary, or InstallerError `rollbackIncomplete` with it as its cause
   */
  undoAfter(error: unknown): Promise<never>;
}

export function createUndoLog(): UndoLog {
  const steps: { readonly what: string; readonly step: () => Promise<unknown> }[] = [];
  return {
    add: (what, step) => void steps.push({ what, step }),
    async undoAfter(error) {
      const left: string[] = [];
      for (const { what, step } of steps.toReversed()) {
        try {
          await step();
        } catch {
          left.push(what);
        }
      }
      if (left.length > 0) throw new InstallerError('rollbackIncomplete', left.join(', '), error);
      throw error;
    },
  };
}
