import type { Lab } from '../support/lab.ts';
import { bareHostName, registerBareHost } from './bare-host.ts';
import { startBareServer } from './bare-server.ts';
import type { Figure } from './figure.ts';
import { loadWorkerCode } from './in-worker.ts';
import type { TransferOptions, TransferTimes } from './worker/transfers.ts';

const rounds = 4;
const mebibytes = 512;
const chunkedMebibytes = 32;

const barePeers = {
  barePut: 'plain fetch PUT to a bare Node server',
  bareGet: 'plain fetch GET from a bare Node server',
  bareChunkedSend: 'bare port and bare Node host, as many bytes',
  bareChunkedGet: 'bare port and bare Node host, as many bytes',
} as const;

/** Files from the extension's worker to a client and back. */
export async function measureTransfers(lab: Lab): Promise<Figure[]> {
  const inWorker = await loadWorkerCode(lab);
  const unregister = await registerBareHost(lab.browser.profileFolder);
  const server = await startBareServer(mebibytes);
  try {
    const times: TransferTimes[] = [];
    while (times.length < rounds) {
      const options: TransferOptions = {
        bareServer: server.address,
        bareHost: bareHostName,
        mebibytes,
        chunkedMebibytes,
        first: times.length % 2 === 0 ? 'client' : 'bare',
      };
      times.push(await inWorker<TransferTimes>('timeTransfers', options));
    }
    const speeds = (which: keyof TransferTimes, size: number) =>
      times.map((time) => (size * 1_048_576) / 1_000 / time[which]);
    const figure = (
      what: string,
      which: keyof TransferTimes,
      peer: keyof typeof barePeers,
      size = mebibytes,
    ): Figure => ({
      metric: `${size} MiB ${what}`,
      samples: speeds(which, size),
      unit: 'MB/s',
      peers: { name: barePeers[peer], samples: speeds(peer, size) },
    });
    return [
      figure('to the client, PUT alone (limit 0.8 times)', 'lanePut', 'barePut'),
      figure('to the client, from file.create to the SM3 digest (limit 0.8 times)', 'laneSend', 'barePut'),
      figure('from the client', 'laneGet', 'bareGet'),
      figure('to the client by chunks, with SM3 digest', 'chunkedSend', 'bareChunkedSend', chunkedMebibytes),
      figure('from the client by chunks', 'chunkedGet', 'bareChunkedGet', chunkedMebibytes),
    ];
  } finally {
    server.close();
    await unregister();
  }
}
