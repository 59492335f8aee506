import type { Language, Text } from './language.ts';

/** How `ca-bridge` ends. */
export const commandExits = {
  /** Done, and what was asked for is so. */
  done: 0,
  /** Not so, or only in part. */
  failed: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** The system refuses; nothing was changed. */
  noRights: 3,
} as const;

export type CommandExit = (typeof commandExits)[keyof typeof commandExits];

/** What of a terminal there is around a command. */
export interface Terminal {
  /** Standard error is one: progress is shown there, and nowhere else. */
  readonly showsErrors: boolean;
  /**
   * Asks for a line that is not shown while it is typed. Absent where standard input is no terminal; resolves with
   * undefined where the user gives up or the signal is aborted. The caller overwrites what was typed.
   */
  readonly askSecret?: (prompt: string, signal: AbortSignal) => Promise<Uint8Array | undefined>;
}

/** The process around a command. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform`. */
  readonly platform: string;
  readonly language: Language;
  /** Folder of the program itself; the clients lie beside it. */
  readonly programFolder: string;
  /** Node's executable. */
  readonly node: string;
  readonly terminal: Terminal;
  /** Writes to standard output, as it is. */
  write(text: string): void;
  /** Writes to standard error, as it is. */
  writeError(text: string): void;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: Text;
  /** What `--help` shows. */
  readonly usage: Text;
  /** Exit code for wrong usage, where it is not `commandExits.usage`. */
  readonly usageExit?: number;
  /**
   * Gives the exit code: one of `commandExits`, or as the command's usage says.
   * @throws UsageError when the arguments cannot be understood
   */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

/** Thrown by a command whose arguments are wrong; the user is shown why, and the usage. */
export class UsageError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.name = 'UsageError';
    this.text = text;
  }
}
