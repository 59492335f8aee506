import { open } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import * as v from 'valibot';
import { encryptionMethods } from '../../src/protocol/encryption-methods.ts';
import { extensionIds } from '../../src/protocol/extension-ids.ts';
import {
  lanePath,
  nativeNotificationSchema,
  nativeProtocolVersion,
  runtimeMethods,
  type ClientKind,
  type LaneAddress,
} from '../../src/protocol/native-messages.ts';
import { signatureMethods } from '../../src/protocol/signature-methods.ts';
import { startClient } from '../integration/clients/client-process.ts';
import { projectPath } from '../support/project-paths.ts';
import { residentMebibytes } from './process-memory.ts';

const methods = { ...runtimeMethods, ...signatureMethods, ...encryptionMethods };
type Methods = typeof methods;
type Params<M extends keyof Methods> = v.InferOutput<Methods[M]['params']>;
type Result<M extends keyof Methods> = v.InferOutput<Methods[M]['result']>;

/** A client as its own process, spoken to as the extension does. */
export interface DrivenClient {
  call<M extends keyof Methods>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Sends a file over the lane; its id in the client. */
  send(path: string, name: string): Promise<string>;
  /** Fetches a file over the lane, and lets its bytes go; resolves with their number. */
  fetch(file: string): Promise<number>;
  /** The most memory that the process ever held, MiB. */
  peak(): Promise<number | undefined>;
  /** Lets the process go; resolves when it has ended. */
  close(): Promise<void>;
}

/** Starts and greets the built client; its files go to `folder`. */
export async function driveClient(folder: string, kind: ClientKind = 'signature'): Promise<DrivenClient> {
  const program = projectPath(`dist/clients/${kind}-client.cjs`);
  const client = startClient(program, undefined, { TMPDIR: folder });
  let lastId = 0;
  const call: DrivenClient['call'] = async (method, params) => {
    lastId += 1;
    client.send({ jsonrpc: '2.0', id: lastId, method, params });
    for (;;) {
      const message = await client.next();
      if (v.is(nativeNotificationSchema, message)) continue;
      const { result } = v.parse(v.looseObject({ id: v.literal(lastId), result: v.unknown() }), message);
      return v.parse(methods[method].result, result) as Result<typeof method>;
    }
  };
  await call('hello', { protocol: nativeProtocolVersion, extension: '0.1.0' });
  return {
    call,
    async send(path, name) {
      const input = await open(path);
      const { size } = await input.stat();
      const { file, lane } = await call('file.create', { name, size });
      const response = await onLane(
        lane,
        'PUT',
        (upload) => pipeline(input.createReadStream({ highWaterMark: 1_048_576 }), upload),
        size,
      );
      response.resume();
      if (response.statusCode !== 204) throw new Error(`the lane answers ${response.statusCode}`);
      await call('file.close', { file });
      return file;
    },
    async fetch(file) {
      const { lane } = await call('file.open', { file });
      const response = await onLane(lane, 'GET', async (asking) => void asking.end());
      let count = 0;
      const sink = new Writable({
        write(chunk: Buffer, _, done) {
          count += chunk.length;
          done();
        },
      });
      await pipeline(response, sink);
      return count;
    },
    peak: async () => (client.pid === undefined ? undefined : residentMebibytes(client.pid, 'VmHWM')),
    async close() {
      client.end();
      await client.ended;
    },
  };
}

async function onLane(
  lane: LaneAddress | undefined,
  method: 'PUT' | 'GET',
  send: (body: Writable) => Promise<void>,
  size?: number,
): Promise<IncomingMessage> {
  if (lane === undefined) throw new Error('the client has no lane');
  const headers = {
    Origin: `chrome-extension://${extensionIds[0]}`,
    Authorization: `Bearer ${lane.token}`,
    ...(size === undefined ? {} : { 'Content-Length': size }),
  };
  const asking = request({
    host: '127.0.0.1',
    port: lane.port,
    method,
    path: lanePath,
    headers,
    agent: false,
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    asking.on('response', resolve);
    asking.on('error', reject);
  });
  const [response] = await Promise.all([answer, send(asking)]);
  return response;
}
