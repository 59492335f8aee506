import { codeOf } from '../../protocol/coded-error.ts';
import type { LogLevel } from '../../protocol/configuration.ts';

/** All that the background ever writes to the browser's console: words of this list, and codes of the catalogue. */
export type LogWord =
  | 'certificates-not-kept'
  | 'policy-invalid'
  | 'policy-read'
  | 'policy-unreadable'
  | 'receipts-not-dropped'
  | 'receipts-not-kept'
  | 'rules-not-published'
  | 'scripts-not-registered'
  | 'settings-changed'
  | 'settings-damaged'
  | 'settings-not-written'
  | 'settings-unreadable';

let level: LogLevel = 'error';

/** How much is written from now on: managed policy's `logLevel`. */
export function setLogLevel(chosen: LogLevel): void {
  level = chosen;
}

/** Something that an administrator may want to know and that nobody else is told; of `error` only its code is written. */
export function logError(word: LogWord, error?: unknown): void {
  if (level === 'off') return;
  // oxlint-disable-next-line no-console -- the one place that writes
  console.error(`CA Bridge: ${word}`, ...(error === undefined ? [] : [codeOf(error)]));
}

/** Something that helps to follow what happened. */
export function logInfo(word: LogWord): void {
  if (level !== 'info') return;
  // oxlint-disable-next-line no-console -- the one place that writes
  console.info(`CA Bridge: ${word}`);
}
