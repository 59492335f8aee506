import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { ClientKind } from '../../protocol/native-messages.ts';
import type { ExitCode } from './exit-codes.ts';

/**
 * Everything that a client may log. Numbers and words of closed lists only: no name, path, digest, subject, token or
 * text of an error, so that a log can be handed to anybody.
 */
export type LogEvent =
  | { readonly event: 'started'; readonly pid: number }
  | { readonly event: 'ended'; readonly exitCode: ExitCode }
  /** `method`: a name that this client serves. `job`: counts the requests of this process. */
  | { readonly event: 'jobStarted'; readonly job: number; readonly method: string }
  | {
      readonly event: 'jobEnded';
      readonly job: number;
      readonly outcome: 'done' | ErrorCode;
      readonly milliseconds: number;
    }
  /** What nobody foresaw: where in our program, as `line:column`, and the system's code of it. */
  | {
      readonly event: 'failed';
      readonly places: readonly string[];
      readonly systemCode?: string;
    }
  | { readonly event: 'swept'; readonly folders: number }
  /** `files`: complete ones that an earlier process left. */
  | { readonly event: 'adopted'; readonly files: number }
  | { readonly event: 'laneOpened' }
  | { readonly event: 'laneClosed'; readonly transfers: number; readonly refused: number }
  | {
      readonly event: 'transferEnded';
      readonly direction: 'upload' | 'download';
      readonly outcome: 'done' | ErrorCode;
      readonly bytes: number;
      readonly milliseconds: number;
    };

export interface Log {
  /** Never throws: a log that cannot be written is no reason to fail. */
  write(event: LogEvent): void;
}

/** For tests and for programs that keep no log. */
export const silentLog: Log = { write: () => undefined };

export interface LogFileOptions {
  /** Made with mode 0700 when it is missing. */
  readonly folder: string;
  readonly kind: ClientKind;
  /** Bytes of one file at most. */
  readonly fileBytes?: number;
  /** Files in all, the current one included. */
  readonly files?: number;
}

/**
 * A log of JSON lines in `<kind>-client.log` (mode 0600); when it is full it becomes `….log.1`, that one `….log.2`.
 * Several processes may write to the same files: each line is appended whole.
 */
export function openLog({ folder, kind, fileBytes = 1_048_576, files = 3 }: LogFileOptions): Log {
  const path = join(folder, `${kind}-client.log`);
  return {
    write(event) {
      const line = Buffer.from(
        `${JSON.stringify({ time: new Date().toISOString(), level: levelOf(event), ...event })}\n`,
      );
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        if (sizeOf(path) + line.length > fileBytes) rotate(path, files);
        append(path, line);
      } catch {
        // Nowhere to tell it.
      }
    },
  };
}

function levelOf(event: LogEvent): 'info' | 'warning' | 'error' {
  if (event.event === 'failed') return 'error';
  return 'outcome' in event && event.outcome !== 'done' ? 'warning' : 'info';
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function append(path: string, line: Uint8Array): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, line);
  } finally {
    closeSync(file);
  }
}

function rotate(path: string, files: number): void {
  const nameOf = (index: number) => (index === 0 ? path : `${path}.${index}`);
  for (let index = files - 1; index > 0; index -= 1) {
    if (sizeOf(nameOf(index - 1)) > 0) renameSync(nameOf(index - 1), nameOf(index));
  }
}
