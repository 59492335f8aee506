import { createServer } from 'node:net';

/** Beside the vendor's ports; nobody else's. */
const lockPort = 21_050;

/** Milliseconds between two tries, and in all. */
const pause = 100;
const patience = 50_000;

/**
 * Waits until no other file of tests has the vendor's ports, and holds them. The addresses are fixed, and test files run
 * side by side: each that uses the ports, or wants them to be free, holds them from its first test to its last.
 * @returns lets go of them
 */
export async function holdXtxPorts(): Promise<() => Promise<void>> {
  const deadline = performance.now() + patience;
  for (;;) {
    const release = await tryToHold();
    if (release !== undefined) return release;
    if (performance.now() > deadline) throw new Error('other tests do not let go of the vendor’s ports');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function tryToHold(): Promise<(() => Promise<void>) | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port: lockPort, exclusive: true }, () => {
      resolve(() => new Promise((released) => void server.close(() => released())));
    });
  });
}
