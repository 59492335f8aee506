import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { connectorMethods } from '../../../../src/protocol/connector-methods.ts';
import { encryptionMethods } from '../../../../src/protocol/encryption-methods.ts';
import {
  nativeNotificationSchema,
  nativeResponseSchema,
  runtimeMethods,
  type HelloResult,
  type MethodParams,
  type MethodResult,
} from '../../../../src/protocol/native-messages.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { overLane } from '../over-lane.ts';
import { ourOrigin, startClient, type ClientProcess } from '../client-process.ts';
import { privateFolders } from '../signature/driven-client.ts';

const methods = { ...runtimeMethods, ...encryptionMethods, ...connectorMethods };
export type Methods = typeof methods;
export type Method = keyof Methods;

export type Answer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly data?: { readonly code: string } | undefined } };

/** How far a request is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A request on its way. */
export interface Asked {
  readonly id: number;
  readonly answer: Promise<Answer>;
  /** Everything that the client told of its progress so far. */
  readonly told: readonly Progress[];
  /** Resolves when it has told of `done` bytes or more. */
  until(done: number): Promise<void>;
}

/** The built encryption client as a process of its own, greeted, with a temporary folder that nobody else uses. */
export interface DrivenClient {
  readonly process: ClientProcess;
  readonly hello: HelloResult;
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
  /** Hands a file over: its id. */
  send(name: string, bytes: Uint8Array): Promise<string>;
  /** Hands over the file at `path` without holding it. */
  sendFile(name: string, path: string, size: number): Promise<string>;
  fetch(file: string): Promise<Buffer>;
  fetchStream(file: string, take: (chunk: Buffer) => void): Promise<void>;
  /** Names of the files in its private folder now, journals of complete files left out. */
  stored(): Promise<string[]>;
  /** Path of its private folder. */
  folder(): Promise<string>;
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
  /** `workspace` of an earlier client. */
  readonly adopt?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where the client lies. */
  readonly program?: string;
}

/** Starts a client that ends with the current test. */
export async function driveClient(options?: ClientOptions): Promise<DrivenClient> {
  const client = await startDrivenClient(options);
  onTestFinished(client.stop);
  return client;
}

/** Starts a client that its owner stops. */
export async function startDrivenClient({
  home,
  command,
  adopt,
  environment,
  program = projectPath('dist/clients/encryption-client.cjs'),
}: ClientOptions = {}): Promise<DrivenClient> {
  const made = home === undefined ? await createTemporaryFolder('ca-bridge-encrypting-') : undefined;
  const folder = home ?? made?.path ?? '';
  const client = startClient(program, [ourOrigin], { TMPDIR: folder, ...environment }, command);
  const stop = async () => {
    client.kill('SIGKILL');
    await client.ended;
    await made?.remove();
  };
  return { ...(await drive(client, folder, adopt)), stop };
}

async function drive(
  client: ClientProcess,
  home: string,
  adopt: string | undefined,
): Promise<Omit<DrivenClient, 'stop'>> {
  const waiting = new Map<number, (answer: Answer) => void>();
  const watching = new Map<number, (progress: Progress) => void>();
  let lastId = 0;

  const receive = async () => {
    for (;;) {
      const message = await client.next();
      if (v.is(nativeNotificationSchema, message)) {
        watching.get(message.params.id)?.(message.params);
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
    const told: Progress[] = [];
    const wanted = new Map<() => void, number>();
    watching.set(id, ({ done, total }) => {
      told.push({ done, total });
      for (const [resolve, least] of wanted) if (done >= least) resolve();
    });
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    client.send({ jsonrpc: '2.0', id, method, params });
    const until = (done: number) =>
      new Promise<void>((resolve, reject) => {
        if (told.some((one) => one.done >= done)) return resolve();
        wanted.set(resolve, done);
        void answer.then((what) => reject(new Error(`ended before: ${JSON.stringify(what)}`)));
      });
    return { id, answer, told, until };
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
  const folder = async () => join(home, (await privateFolders(home))[0] ?? '');

  const hello = await call('hello', {
    protocol: 1,
    extension: '0.1.0',
    ...(adopt === undefined ? {} : { adopt }),
  });
  return {
    process: client,
    hello,
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
    sendFile: (name, path, size) =>
      sendOverLane(name, size, createReadStream(path, { highWaterMark: 1_048_576 })),
    async fetch(file) {
      const parts: Buffer[] = [];
      await fetchStream(file, (part) => parts.push(part));
      return Buffer.concat(parts);
    },
    fetchStream,
    folder,
    stored: async () => (await readdir(await folder())).filter((name) => !name.endsWith('.journal')),
    async peakMemory() {
      const status = await readFile(`/proc/${client.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
  };
}
