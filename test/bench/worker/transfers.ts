import { receiveBlob, sendBlob } from '../../../src/extension/background/native/file-transfer.ts';
import {
  openNativeClient,
  type NativeClient,
  type NativeMethod,
} from '../../../src/extension/background/native/native-client.ts';

export interface TransferOptions {
  /** Address of a server that takes any PUT and lets the bytes go, and answers a GET with `mebibytes`. */
  readonly bareServer: string;
  readonly mebibytes: number;
  readonly chunkedMebibytes: number;
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
}

/** Sends and fetches a file once each way, through the product's own code and by plain `fetch` beside it. */
export async function timeTransfers(options: TransferOptions): Promise<TransferTimes> {
  const { bareServer, mebibytes, chunkedMebibytes } = options;
  const blob = makeBlob(mebibytes);
  const client = await openNativeClient('signature');
  try {
    const barePut = await timeOf(() => barely(bareServer, { method: 'PUT', body: blob }));
    const watched = watchPut(client);
    let sent = '';
    const laneSend = await timeOf(async () => {
      const { file, size } = await sendBlob(watched.client, 'bid.pdf', blob);
      if (size !== blob.size) throw new Error('not the whole file');
      sent = file;
    });
    if (watched.chunks() > 0) throw new Error('the lane was shut');
    const lanePut = watched.putTime();

    const bareGet = await timeOf(() => barely(bareServer, {}, blob.size));
    const laneGet = await timeOf(async () => {
      const { size } = await receiveBlob(watched.client, sent);
      if (size !== blob.size) throw new Error('not the whole file');
    });
    if (watched.chunks() > 0) throw new Error('the lane was shut');
    await client.call('file.drop', { file: sent });

    const laneless = withoutLane(client);
    const chunked = blob.slice(0, chunkedMebibytes * mebibyte);
    const chunkedSend = await timeOf(
      async () => void (sent = (await sendBlob(laneless, 'bid.pdf', chunked)).file),
    );
    const chunkedGet = await timeOf(() => receiveBlob(laneless, sent));
    return { lanePut, laneSend, laneGet, barePut, bareGet, chunkedSend, chunkedGet };
  } finally {
    client.close();
  }
}

const mebibyte = 1_048_576;

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
function watchPut(client: NativeClient): {
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
