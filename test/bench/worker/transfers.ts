import { receiveBlob, sendBlob } from '../../../src/extension/background/native/file-transfer.ts';
import {
  openNativeClient,
  type NativeClient,
  type NativeMethod,
} from '../../../src/extension/background/native/native-client.ts';
import { sizeLimits } from '../../../src/protocol/limits.ts';
import { openBarePort } from './bare-port.ts';

export interface TransferOptions {
  /** Address of a server that takes any PUT and lets the bytes go, and answers a GET with `mebibytes`. */
  readonly bareServer: string;
  /** Name of a host that answers `[n, …]` with n bytes of JSON. */
  readonly bareHost: string;
  readonly mebibytes: number;
  readonly chunkedMebibytes: number;
  /** Who goes first; to go second may be of advantage. */
  readonly first: 'client' | 'bare';
}

/** Milliseconds. */
export interface TransferTimes {
  /** The body of the lane's PUT alone. */
  readonly lanePut: number;
  /** From `file.create` to the digest that `file.close` answers with. */
  readonly laneSend: number;
  readonly laneGet: number;
  readonly barePut: number;
  readonly bareGet: number;
  /** By chunks on the native port, as where the lane is shut; of `chunkedMebibytes`. */
  readonly chunkedSend: number;
  readonly chunkedGet: number;
  /** The same bytes, as text of the same length, to and from the bare host: one message after the other. */
  readonly bareChunkedSend: number;
  readonly bareChunkedGet: number;
}

/** Sends and fetches a file once each way, through the product's own code and by plain `fetch` beside it. */
export async function timeTransfers(options: TransferOptions): Promise<TransferTimes> {
  const { bareServer, chunkedMebibytes, first } = options;
  const blob = makeBlob(options.mebibytes);
  const client = await openNativeClient('signature');
  const inTurns = async (ours: () => Promise<unknown>, bare: () => Promise<unknown>) => {
    const early = await timeOf(first === 'client' ? ours : bare);
    const late = await timeOf(first === 'client' ? bare : ours);
    return first === 'client' ? { ours: early, bare: late } : { ours: late, bare: early };
  };
  try {
    const lane = watchCalls(client);
    let sent = '';
    const send = async (by: NativeClient, what: Blob) => {
      const { file, size } = await sendBlob(by, 'bid.pdf', what);
      if (size !== what.size) throw new Error('the client has not the whole file');
      sent = file;
    };
    const receive = async (by: NativeClient, size: number) => {
      const received = await receiveBlob(by, sent);
      if (received.size !== size) throw new Error('not the whole file came back');
    };
    const put = await inTurns(
      () => send(lane.client, blob),
      () => barely(bareServer, { method: 'PUT', body: blob }),
    );
    const lanePut = lane.putTime();
    const get = await inTurns(
      () => receive(lane.client, blob.size),
      () => barely(bareServer, {}, blob.size),
    );
    if (lane.chunks() > 0) throw new Error('the lane was shut');
    await client.call('file.drop', { file: sent });

    const laneless = withoutLane(client);
    const chunked = blob.slice(0, chunkedMebibytes * mebibyte);
    const bare = await timeBareChunks(options);
    const chunkedSend = await timeOf(() => send(laneless, chunked));
    const chunkedGet = await timeOf(() => receive(laneless, chunked.size));
    return {
      lanePut,
      laneSend: put.ours,
      laneGet: get.ours,
      barePut: put.bare,
      bareGet: get.bare,
      chunkedSend,
      chunkedGet,
      bareChunkedSend: bare.send,
      bareChunkedGet: bare.get,
    };
  } finally {
    client.close();
  }
}

const mebibyte = 1_048_576;

async function timeBareChunks({
  bareHost,
  chunkedMebibytes,
}: TransferOptions): Promise<{ readonly send: number; readonly get: number }> {
  const port = openBarePort(bareHost);
  const chunks = (chunkedMebibytes * mebibyte) / sizeLimits.fileChunkBytes;
  const text = 'x'.repeat(4 * Math.ceil(sizeLimits.fileChunkBytes / 3));
  const exchange = (message: unknown) =>
    timeOf(async () => {
      for (let count = 0; count < chunks; count += 1) await port.ask(message);
    });
  try {
    const smallAnswer = 50;
    await port.ask([smallAnswer, '']);
    return { send: await exchange([smallAnswer, text]), get: await exchange([text.length, '']) };
  } finally {
    port.close();
  }
}

/** Blobs of one blob share its bytes, so that memory holds 64 MiB at most. */
function makeBlob(mebibytes: number): Blob {
  const piece = new Uint8Array(mebibyte);
  for (let start = 0; start < piece.length; start += 65_536) {
    crypto.getRandomValues(piece.subarray(start, start + 65_536));
  }
  const shared = Math.min(64, mebibytes);
  const part = new Blob(Array.from({ length: shared }, () => piece));
  return new Blob(Array.from({ length: Math.ceil(mebibytes / shared) }, () => part)).slice(
    0,
    mebibytes * mebibyte,
  );
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function barely(address: string, init: RequestInit, expectedSize = 0): Promise<void> {
  const response = await fetch(address, { ...init, headers: { authorization: 'Bearer none' } });
  const { size } = await response.blob();
  if (!response.ok || size !== expectedSize) throw new Error('the bare server failed');
}

/** The client, with an eye on the calls: what lies between those of `file.create` and `file.close` is the PUT. */
function watchCalls(client: NativeClient): {
  readonly client: NativeClient;
  chunks(): number;
  putTime(): number;
} {
  let created = 0;
  let closing = 0;
  let chunks = 0;
  return {
    chunks: () => chunks,
    putTime: () => closing - created,
    client: {
      ...client,
      async call(method, params, options) {
        if (method === 'file.close') closing = performance.now();
        if (method === 'file.write' || method === 'file.read') chunks += 1;
        const result = await client.call(method, params, options);
        if (method === 'file.create') created = performance.now();
        return result;
      },
    },
  };
}

/** The client, as one that cannot listen. */
function withoutLane(client: NativeClient): NativeClient {
  const call = async (method: NativeMethod, ...rest: [never, never]) => {
    const result = await client.call(method, ...rest);
    return 'lane' in result ? { ...result, lane: undefined } : result;
  };
  return { ...client, call: call as NativeClient['call'] };
}
