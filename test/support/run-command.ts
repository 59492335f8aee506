import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';

export interface CommandOptions {
  /** Written to standard input, which is then closed. */
  readonly input?: string | Uint8Array;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds after which the command is killed and the call rejects; 60 s unless told otherwise. */
  readonly timeout?: number;
  /** `'inherit'` shows the command's output instead of collecting it. */
  readonly output?: 'collect' | 'inherit';
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Runs a program without a shell. Rejects only when it cannot be started, times out or is aborted. */
export async function tryCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { input, env, cwd, timeout = 60_000, output = 'collect', signal } = options;
  const piped = output === 'inherit' ? 'inherit' : 'pipe';
  const limit = AbortSignal.timeout(timeout);
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', piped, piped],
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
  });
  // A program that ends without reading its input closes the pipe; its exit code tells the story.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) =>
      reject(limit.aborted ? new Error(`${file} took longer than ${timeout} ms`, { cause: error }) : error),
    );
    child.on('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([
    closed,
    child.stdout === null ? new Uint8Array() : buffer(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

/**
 * Runs a program without a shell and returns what it wrote to standard output.
 * @throws Error with what it wrote to standard error when its exit code is not 0.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<Buffer> {
  const { code, stdout, stderr } = await tryCommand(file, args, options);
  if (code === 0) return Buffer.from(stdout);
  const said = [stderr, Buffer.from(stdout).toString('utf8')].map((part) => part.trim()).filter(Boolean);
  throw new Error(`${file} ${args.join(' ')} ended with ${code}${said.map((part) => `\n${part}`).join('')}`);
}
