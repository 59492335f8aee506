import type { Lab } from '../support/lab.ts';
import { bareHostName, registerBareHost } from './bare-host.ts';
import type { Figure } from './figure.ts';
import { loadWorkerCode } from './in-worker.ts';
import type { RoundTripOptions, RoundTrips } from './worker/round-trips.ts';

/** Batches are short, for they take turns with the peer's, and long enough for the worker's clock of 0.1 ms. */
const options: RoundTripOptions = { bareHost: bareHostName, batches: 300, batch: 10 };

/** Small requests from the extension to a client and back. */
export async function measureRoundTrips(lab: Lab): Promise<Figure[]> {
  const inWorker = await loadWorkerCode(lab);
  const unregister = await registerBareHost(lab.browser.profileFolder);
  try {
    const kinds = await inWorker<RoundTrips[]>('timeRoundTrips', options);
    return kinds.flatMap(({ method, requestBytes, answerBytes, product, client, bare }) => {
      const what = `round trip, ${method}, ${requestBytes} B there, ${answerBytes} B back`;
      const peers = { name: 'bare port and bare Node host', samples: bare.map(microseconds) };
      return [
        { metric: `${what} (limit 1.3 times)`, samples: product.map(microseconds), unit: 'µs', peers },
        {
          metric: `${what}, client on a bare port`,
          samples: client.map(microseconds),
          unit: 'µs',
          peers,
        },
      ];
    });
  } finally {
    await unregister();
  }
}

const microseconds = (milliseconds: number) => milliseconds * 1_000;
