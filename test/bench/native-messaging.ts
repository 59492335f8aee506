import type { Lab } from '../support/lab.ts';
import { bareHostName, registerBareHost } from './bare-host.ts';
import { startBareServer } from './bare-server.ts';
import { bundle } from './bundle.ts';
import type { Figure } from './figure.ts';
import { repeat } from './repeat.ts';
import type { RoundTripOptions, RoundTrips } from './worker/round-trips.ts';
import type { TransferOptions, TransferTimes } from './worker/transfers.ts';

const batches = 15;
const batch = 100;
const rounds = 3;
const mebibytes = 512;
const chunkedMebibytes = 64;

/** What the way to a client costs: small requests, and files. */
export async function measureNativeMessaging(lab: Lab): Promise<Figure[]> {
  const worker = await lab.browser.worker();
  const code = await bundle('test/bench/worker/worker-code.ts', { for: 'browser', global: 'bench' });
  await worker.evaluate(`{ ${code}; globalThis.bench = bench; }`);
  return [...(await measureRoundTrips(lab)), ...(await measureTransfers(lab))];
}

async function measureRoundTrips(lab: Lab): Promise<Figure[]> {
  const unregister = await registerBareHost(lab.browser.profileFolder);
  try {
    const options: RoundTripOptions = { bareHost: bareHostName, batches, batch };
    const kinds = await inWorker<RoundTrips[]>(lab, 'timeRoundTrips', options);
    return kinds.map(({ method, requestBytes, answerBytes, client, bare }) => ({
      metric: `round trip, ${method}, ${requestBytes} B there, ${answerBytes} B back (limit 1.3 times)`,
      samples: client.map(microseconds),
      unit: 'µs',
      peers: { name: 'bare Node host, as many bytes', samples: bare.map(microseconds) },
    }));
  } finally {
    await unregister();
  }
}

async function measureTransfers(lab: Lab): Promise<Figure[]> {
  const server = await startBareServer(mebibytes);
  try {
    const options: TransferOptions = { bareServer: server.address, mebibytes, chunkedMebibytes };
    const times = await repeat(rounds, () => inWorker<TransferTimes>(lab, 'timeTransfers', options));
    const speeds = (size: number, which: keyof TransferTimes) =>
      times.map((time) => (size * 1_048_576) / 1_000 / time[which]);
    const figure = (
      what: string,
      which: keyof TransferTimes,
      peer: 'barePut' | 'bareGet',
      size = mebibytes,
    ) => ({
      metric: `${what}, ${size} MiB`,
      samples: speeds(size, which),
      unit: 'MB/s' as const,
      peers: {
        name:
          peer === 'barePut'
            ? 'plain fetch PUT to a bare Node server'
            : 'plain fetch GET from a bare Node server',
        samples: speeds(mebibytes, peer),
      },
    });
    return [
      figure('file to the client, PUT alone (limit 0.8 times)', 'lanePut', 'barePut'),
      figure('file to the client, with file.create and SM3 digest (limit 0.8 times)', 'laneSend', 'barePut'),
      figure('file from the client', 'laneGet', 'bareGet'),
      figure('file to the client by chunks, with SM3 digest', 'chunkedSend', 'barePut', chunkedMebibytes),
      figure('file from the client by chunks', 'chunkedGet', 'bareGet', chunkedMebibytes),
    ];
  } finally {
    server.close();
  }
}

/** Calls a function of `worker-code.ts` in the extension's worker. */
async function inWorker<Result>(lab: Lab, name: string, options: object): Promise<Result> {
  const worker = await lab.browser.worker();
  return worker.evaluate<Result>(`bench.${name}(${JSON.stringify(options)})`);
}

const microseconds = (milliseconds: number) => milliseconds * 1_000;
