import {
  openNativeClient,
  type NativeClient,
} from '../../../src/extension/background/native/native-client.ts';
import {
  nativeHostNames,
  nativeProtocolVersion,
  type MethodParams,
  type MethodResult,
  type RuntimeMethods,
} from '../../../src/protocol/native-messages.ts';
import { openBarePort } from './bare-port.ts';

export interface RoundTripOptions {
  /** Name of a host that answers `[n, …]` with n bytes of JSON. */
  readonly bareHost: string;
  readonly batches: number;
  /** Round trips of one batch, one after the other. */
  readonly batch: number;
}

/** One kind of request; all times in milliseconds a round trip, the mean of a batch. The three took turns. */
export interface RoundTrips {
  readonly method: string;
  /** Bytes of JSON; the bare host is sent as many and asked for as many. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** The extension's own code and the client. */
  readonly product: readonly number[];
  /** A bare port and the client. */
  readonly client: readonly number[];
  /** A bare port and the bare host. */
  readonly bare: readonly number[];
}

/** Bytes that are 10,000 characters of base64. */
const chunkBytes = 7_500;

/** Round trips of small requests to the signature client, and to a bare host beside it. */
export async function timeRoundTrips(options: RoundTripOptions): Promise<RoundTrips[]> {
  const client = await openNativeClient('signature');
  const port = openBarePort(nativeHostNames.signature);
  const bare = openBarePort(options.bareHost);
  try {
    const byProduct = await requestsTo(client, options);
    const byPort = await requestsTo(await greet(port.ask), options);
    const results: RoundTrips[] = [];
    for (const [index, request] of byProduct.entries()) {
      const { method, requestBytes } = request;
      const answerBytes = jsonBytes({ jsonrpc: '2.0', id: 1_000, result: await request.send() });
      await byPort[index]?.send();
      const message = [answerBytes, 'x'.repeat(requestBytes - jsonBytes([answerBytes, '']))];
      const times = await takeTurns(options, [
        request.send,
        async () => byPort[index]?.send(),
        () => bare.ask(message),
      ]);
      const [ofProduct = [], ofClient = [], ofBare = []] = times;
      results.push({
        method,
        requestBytes,
        answerBytes,
        product: ofProduct,
        client: ofClient,
        bare: ofBare,
      });
    }
    return results;
  } finally {
    client.close();
    port.close();
    bare.close();
  }
}

/** Mean times of each way's batches. The first batches let all sides compile what they run, and are dropped. */
async function takeTurns(
  { batches, batch }: RoundTripOptions,
  ways: readonly (() => Promise<unknown>)[],
): Promise<number[][]> {
  const times = ways.map((): number[] => []);
  for (let count = -warmUp; count < batches; count += 1) {
    for (const [index, send] of ways.entries()) {
      const begun = performance.now();
      for (let sent = 0; sent < batch; sent += 1) await send();
      if (count >= 0) times[index]?.push((performance.now() - begun) / batch);
    }
  }
  return times;
}

const warmUp = 10;

interface Request {
  readonly method: string;
  readonly requestBytes: number;
  /** Sends it, the next one of its kind. */
  readonly send: () => Promise<unknown>;
}

/** The least that a client does, a chunk to it, and a chunk from it. */
async function requestsTo(
  { call }: Pick<NativeClient, 'call'>,
  { batches, batch }: RoundTripOptions,
): Promise<Request[]> {
  const request = <M extends keyof RuntimeMethods>(
    method: M,
    paramsOf: (index: number) => MethodParams<RuntimeMethods, M>,
  ): Request => {
    let sent = 0;
    return {
      method,
      requestBytes: jsonBytes({ jsonrpc: '2.0', id: 1_000, method, params: paramsOf(1) }),
      send: () => call(method, paramsOf(sent++)),
    };
  };
  const requests = 1 + (warmUp + batches) * batch;
  const data = btoa('\0'.repeat(chunkBytes));
  const written = await call('file.create', { name: 'written', size: requests * chunkBytes });
  const read = await call('file.create', { name: 'read', size: chunkBytes });
  await call('file.write', { file: read.file, offset: 0, data });
  await call('file.close', { file: read.file });
  return [
    request('cancel', () => ({ id: 0 })),
    request('file.write', (index) => ({ file: written.file, offset: index * chunkBytes, data })),
    request('file.read', () => ({ file: read.file, offset: 0, length: chunkBytes })),
  ];
}

/** The client at the end of a bare port: nothing of an answer is looked at but its result. */
async function greet(ask: (message: unknown) => Promise<unknown>): Promise<Pick<NativeClient, 'call'>> {
  let id = 0;
  const call = async <M extends keyof RuntimeMethods>(
    method: M,
    params: MethodParams<RuntimeMethods, M>,
  ): Promise<MethodResult<RuntimeMethods, M>> => {
    id += 1;
    const answer = (await ask({ jsonrpc: '2.0', id, method, params })) as {
      result?: MethodResult<RuntimeMethods, M>;
    };
    if (answer.result === undefined) throw new Error(`${method} failed`);
    return answer.result;
  };
  await call('hello', { protocol: nativeProtocolVersion, extension: '0.1.0' });
  return { call: call as NativeClient['call'] };
}

function jsonBytes(message: unknown): number {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}
