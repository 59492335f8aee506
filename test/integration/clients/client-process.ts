import { spawn } from 'node:child_process';
import { extensionIds } from '../../../src/protocol/extension-ids.ts';

export const ourOrigin = `chrome-extension://${extensionIds[0]}/`;

/** A client as a real process, driven over its pipes as a browser drives it. */
export interface ClientProcess {
  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void;
  /** Sends a message. */
  send(message: unknown): void;
  /** Ends the client's input. */
  end(): void;
  readonly pid: number | undefined;
  /** Closes our end of the client's output. */
  closeOutput(): void;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGKILL'): void;
  /** The next message from the client. */
  next(): Promise<unknown>;
  /** How it ended: exit code, the signal that ended it, and everything that it wrote and nobody has read by `next`. */
  readonly ended: Promise<ClientEnd>;
}

export interface ClientEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly unread: Buffer;
  readonly stderr: string;
  /** Milliseconds from `end()` to the exit. */
  readonly afterInput: number;
}

/** A message as the browser sends it, written without the client's own codec. */
export function nativeFrame(body: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

const nobodyWaits = () => undefined;

/**
 * Starts the built client at `file` with the browser's arguments; without `environment` of another wish it finds no
 * folder for its log. `command`, where there is one, gets Node's command line to run.
 */
export function startClient(
  file: string,
  args: readonly string[] = [ourOrigin],
  environment: NodeJS.ProcessEnv = {},
  command: readonly string[] = [],
): ClientProcess {
  const env = { ...process.env, XDG_STATE_HOME: '/dev/null', ...environment };
  const [name = process.execPath, ...line] = [...command, process.execPath, file, ...args];
  const child = spawn(name, line, { stdio: 'pipe', env });
  let unread = Buffer.alloc(0);
  let stderr = '';
  let inputEnded = 0;
  let closed = false;
  let wake: () => void = nobodyWaits;
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    wake();
  });
  child.on('close', () => {
    closed = true;
    wake();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));

  const takeMessage = (): unknown => {
    if (unread.length < 4 || unread.length < 4 + unread.readUInt32LE()) return undefined;
    const end = 4 + unread.readUInt32LE();
    const body = unread.subarray(4, end).toString('utf8');
    unread = unread.subarray(end);
    return JSON.parse(body);
  };
  const write = (bytes: Uint8Array) => void child.stdin.write(bytes);

  return {
    write,
    pid: child.pid,
    send: (message) => write(nativeFrame(Buffer.from(JSON.stringify(message)))),
    end() {
      inputEnded = performance.now();
      child.stdin.end();
    },
    closeOutput: () => void child.stdout.destroy(),
    kill: (signal) => void child.kill(signal),
    async next() {
      for (let message = takeMessage(); ; message = takeMessage()) {
        if (message !== undefined) return message;
        if (closed) throw new Error(`the client ended without a further message: ${stderr}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) =>
        resolve({ code, signal, unread, stderr, afterInput: performance.now() - inputEnded }),
      );
    }),
  };
}
