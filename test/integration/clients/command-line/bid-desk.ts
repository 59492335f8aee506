import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { certificatePem, sm2KeyPem } from '../../../support/cms-judges.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import type { Bidder } from '../encryption/encryption-world.ts';

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Put before Node's command line. */
  readonly command?: readonly string[];
  /** Called when the program is there. */
  readonly started?: (pid: number) => void;
}

/** `ca-bridge` as it is built, without a terminal and in English. */
export function runCli(
  args: readonly string[],
  { env = {}, command = [], started }: RunOptions = {},
): Promise<Run> {
  const program = projectPath('dist/clients/ca-bridge.cjs');
  const [name = process.execPath, ...line] = [...command, process.execPath, program, ...args];
  const child = spawn(name, line, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('spawn', () => started?.(child.pid ?? 0));
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** What `--json` printed. */
export interface JsonReport {
  readonly done: boolean;
  readonly code?: string;
  readonly path?: string;
  readonly results: readonly (Readonly<Record<string, unknown>> & {
    readonly ok: boolean;
    readonly output?: string;
    readonly code?: string;
  })[];
}

/** A folder of one test, with the key and certificate files of holders in a folder of their own. */
export interface BidDesk {
  readonly folder: string;
  path(...names: readonly string[]): string;
  put(name: string, content: Uint8Array | string): Promise<string>;
  read(name: string): Promise<Buffer>;
  /** Everything in the folder, hidden names too. */
  names(): Promise<string[]>;
  within(folder: string): Promise<string[]>;
  /** The options `--key` and `--certificate` of a holder. */
  holder(bidder: Bidder): Promise<string[]>;
  /** File of a holder's certificate. */
  certificate(bidder: Bidder): Promise<string>;
}

/** A desk that goes with the current test. */
export async function openDesk(): Promise<BidDesk> {
  const [work, secrets] = await Promise.all([
    createTemporaryFolder('ca-bridge-desk-'),
    createTemporaryFolder('ca-bridge-keys-'),
  ]);
  onTestFinished(async () => void (await Promise.all([work.remove(), secrets.remove()])));
  const path = (...names: readonly string[]) => join(work.path, ...names);
  let holders = 0;
  const put = async (file: string, content: Uint8Array | string) => {
    await writeFile(file, content);
    return file;
  };
  const certificate = (bidder: Bidder) =>
    put(join(secrets.path, `${++holders}.pem`), certificatePem(bidder.certificate));
  return {
    folder: work.path,
    path,
    put: (name, content) => put(path(name), content),
    read: (name) => readFile(path(name)),
    names: async () => (await readdir(work.path)).toSorted(),
    within: async (folder) => (await readdir(path(folder))).toSorted(),
    certificate,
    async holder(bidder) {
      const key = await put(join(secrets.path, `${++holders}.key`), sm2KeyPem(bidder.privateKey));
      return ['--key', key, '--certificate', await certificate(bidder)];
    },
  };
}

/** Runs a command that was told `--json`. */
export async function runJson(
  args: readonly string[],
  options?: RunOptions,
): Promise<{ readonly code: number | null; readonly report: JsonReport; readonly stderr: string }> {
  const { code, stdout, stderr } = await runCli([...args, '--json'], options);
  return { code, stderr, report: JSON.parse(stdout === '' ? '{"results":[]}' : stdout) as JsonReport };
}
