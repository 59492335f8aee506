import { sendBlob } from '../../../src/extension/background/native/file-transfer.ts';
import {
  openNativeClient,
  type NativeClient,
  type NativeMethod,
  type NativeParams,
} from '../../../src/extension/background/native/native-client.ts';
import { openBarePort } from './bare-port.ts';

export interface RoundTripOptions {
  /** Name of a host that answers `[n, …]` with n bytes of JSON. */
  readonly bareHost: string;
  readonly batches: number;
  /** Round trips of one batch, one after the other. */
  readonly batch: number;
}

/** One kind of request; all times in milliseconds a round trip, the mean of a batch. */
export interface RoundTrips {
  readonly method: string;
  /** Bytes of JSON; the bare host is sent as many and asked for as many. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** Batches of client and bare host took turns. */
  readonly client: readonly number[];
  readonly bare: readonly number[];
}

/** Bytes that are 10,000 characters of base64. */
const chunkBytes = 7_500;

/** Round trips of small requests through the product's own client code, and through a bare port beside it. */
export async function timeRoundTrips(options: RoundTripOptions): Promise<RoundTrips[]> {
  const client = await openNativeClient('signature');
  const bare = openBarePort(options.bareHost);
  try {
    const results: RoundTrips[] = [];
    for (const request of await requestsTo(client, options)) {
      const { method, requestBytes } = request;
      const answerBytes = jsonBytes({ jsonrpc: '2.0', id: 1_000, result: await request.send(0) });
      const padding = requestBytes - jsonBytes([answerBytes, '']);
      const message = [answerBytes, 'x'.repeat(padding)];
      let sent = 1;
      const batchOf = async (send: () => Promise<unknown>) => {
        const begun = performance.now();
        for (let count = 0; count < options.batch; count += 1) await send();
        return (performance.now() - begun) / options.batch;
      };
      const toClient: number[] = [];
      const toBare: number[] = [];
      for (let count = 0; count <= options.batches; count += 1) {
        toClient.push(await batchOf(() => request.send(sent++)));
        toBare.push(await batchOf(() => bare.ask(message)));
      }
      // The first batch lets both sides compile what they run.
      results.push({ method, requestBytes, answerBytes, client: toClient.slice(1), bare: toBare.slice(1) });
    }
    return results;
  } finally {
    client.close();
    bare.close();
  }
}

interface Request {
  readonly method: string;
  readonly requestBytes: number;
  /** Sends the request of this number, counted from 0. */
  send(index: number): Promise<unknown>;
}

/** The least that a client does, a chunk to it, and a chunk from it. */
async function requestsTo(client: NativeClient, { batches, batch }: RoundTripOptions): Promise<Request[]> {
  const request = <M extends NativeMethod>(
    method: M,
    paramsOf: (index: number) => NativeParams<M>,
  ): Request => ({
    method,
    requestBytes: jsonBytes({ jsonrpc: '2.0', id: 1_000, method, params: paramsOf(1) }),
    send: (index) => client.call(method, paramsOf(index)),
  });
  const requests = 1 + (batches + 1) * batch;
  const written = await client.call('file.create', { name: 'written', size: requests * chunkBytes });
  const read = await sendBlob(client, 'read', new Blob([new Uint8Array(chunkBytes)]));
  const data = btoa('\0'.repeat(chunkBytes));
  return [
    request('cancel', () => ({ id: 0 })),
    request('file.write', (index) => ({ file: written.file, offset: index * chunkBytes, data })),
    request('file.read', () => ({ file: read.file, offset: 0, length: chunkBytes })),
  ];
}

function jsonBytes(message: unknown): number {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}
