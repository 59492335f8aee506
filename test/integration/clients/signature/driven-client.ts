import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import {
  nativeNotificationSchema,
  nativeResponseSchema,
  runtimeMethods,
  type MethodParams,
  type MethodResult,
} from '../../../../src/protocol/native-messages.ts';
import { signatureMethods } from '../../../../src/protocol/signature-methods.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { overLane } from '../over-lane.ts';
import { ourOrigin, startClient, type ClientProcess } from '../client-process.ts';

const methods = { ...runtimeMethods, ...signatureMethods };
export type Methods = typeof methods;
export type Method = keyof Methods;

/** What the client answered to one request. */
export type Answer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly data?: { readonly code: string } | undefined } };

/** A request on its way. */
export interface Asked {
  readonly id: number;
  readonly answer: Promise<Answer>;
  /** Resolves when the client tells of its progress. */
  readonly progress: Promise<void>;
}

/** The built signature client as a process of its own, greeted, with a temporary folder that nobody else uses. */
export interface DrivenClient {
  readonly process: ClientProcess;
  /** Its TMPDIR. */
  readonly home: string;
  ask<Name extends Method>(method: Name, params: MethodParams<Methods, Name>): Asked;
  /** The result, decoded. Throws what was answered instead. */
  call<Name extends Method>(
    method: Name,
    params: MethodParams<Methods, Name>,
  ): Promise<MethodResult<Methods, Name>>;
  /** The code of the catalogue that the request is refused with; what was answered, where it is not. */
  refusal<Name extends Method>(method: Name, params: MethodParams<Methods, Name>): Promise<unknown>;
  /** Hands a document over: its id. */
  send(name: string, bytes: Uint8Array): Promise<string>;
  /** Hands over a document of `size` bytes without holding it. */
  sendStream(name: string, size: number, body: Readable): Promise<string>;
  fetch(file: string): Promise<Buffer>;
  fetchStream(file: string, take: (chunk: Buffer) => void): Promise<void>;
  /** Files that lie in the client's private folder now. */
  stored(): Promise<string[]>;
  /** Peak of its resident memory so far, in MiB. */
  peakMemory(): Promise<number>;
  /** Kills it and removes its temporary folder, where it was made for it. */
  stop(): Promise<void>;
}

export interface ClientOptions {
  /** The temporary folder of an earlier client; a fresh one unless told. */
  readonly home?: string;
  /** What to start instead of Node alone; it gets Node's command line. */
  readonly command?: readonly [string, ...string[]];
}

const program = projectPath('dist/clients/signature-client.cjs');
const folderPrefix = 'ca-bridge-client-';

/** Starts a client that ends with the current test. */
export async function driveClient(options?: ClientOptions): Promise<DrivenClient> {
  const client = await startDrivenClient(options);
  onTestFinished(client.stop);
  return client;
}

/** Starts a client that its owner stops. */
export async function startDrivenClient({ home, command }: ClientOptions = {}): Promise<DrivenClient> {
  const made = home === undefined ? await createTemporaryFolder('ca-bridge-signing-') : undefined;
  const folder = home ?? made?.path ?? '';
  const client = startClient(program, [ourOrigin], { TMPDIR: folder }, command);
  const stop = async () => {
    client.kill('SIGKILL');
    await client.ended;
    await made?.remove();
  };
  return { ...(await drive(client, folder)), stop };
}

async function drive(client: ClientProcess, home: string): Promise<Omit<DrivenClient, 'stop'>> {
  const waiting = new Map<number, (answer: Answer) => void>();
  const watching = new Map<number, () => void>();
  let lastId = 0;

  const receive = async () => {
    for (;;) {
      const message = await client.next();
      if (v.is(nativeNotificationSchema, message)) {
        watching.get(message.params.id)?.();
        continue;
      }
      const answer = v.parse(nativeResponseSchema, message);
      if (answer.id !== null) waiting.get(answer.id)?.(answer);
    }
  };
  receive().catch((error: unknown) => {
    for (const answer of waiting.values()) answer({ error: { code: 0, data: { code: String(error) } } });
  });

  const ask: DrivenClient['ask'] = (method, params) => {
    lastId += 1;
    const id = lastId;
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    const progress = new Promise<void>((resolve) => watching.set(id, resolve));
    client.send({ jsonrpc: '2.0', id, method, params });
    return { id, answer, progress };
  };
  const call: DrivenClient['call'] = async (method, params) => {
    const answer = await ask(method, params).answer;
    if (!('result' in answer)) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return v.parse(methods[method].result, answer.result) as MethodResult<Methods, typeof method>;
  };
  const sendOverLane = async (name: string, size: number, body: Readable | Uint8Array) => {
    const { file, lane } = await call('file.create', { name, size });
    const status = await overLane(lane, 'PUT', { body, size });
    if (status !== 204) throw new Error(`the lane answered ${status}`);
    await call('file.close', { file });
    return file;
  };
  const fetchStream: DrivenClient['fetchStream'] = async (file, take) => {
    const { lane } = await call('file.open', { file });
    const status = await overLane(lane, 'GET', { take });
    if (status !== 200) throw new Error(`the lane answered ${status}`);
  };

  await call('hello', { protocol: 1, extension: '0.1.0' });
  return {
    process: client,
    home,
    ask,
    call,
    async refusal(method, params) {
      const answer = await ask(method, params).answer;
      return 'error' in answer ? (answer.error.data?.code ?? answer.error.code) : answer.result;
    },
    async send(name, bytes) {
      // The lane takes no empty body.
      if (bytes.length > 0) return sendOverLane(name, bytes.length, bytes);
      const { file } = await call('file.create', { name, size: 0 });
      await call('file.close', { file });
      return file;
    },
    sendStream: sendOverLane,
    async fetch(file) {
      const parts: Buffer[] = [];
      await fetchStream(file, (part) => parts.push(part));
      return Buffer.concat(parts);
    },
    fetchStream,
    stored: () => storedIn(home),
    async peakMemory() {
      const status = await readFile(`/proc/${client.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
  };
}

/** Names of the files in the private folders under a client's temporary folder. */
export async function storedIn(home: string): Promise<string[]> {
  const folders = await privateFolders(home);
  const names = await Promise.all(folders.map((name) => readdir(join(home, name)).catch(() => [])));
  return names.flat();
}

/** Names of the private folders under a client's temporary folder. */
export async function privateFolders(home: string): Promise<string[]> {
  return (await readdir(home)).filter((name) => name.startsWith(folderPrefix));
}
