import { codeOf } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { LocalServiceAddress } from '../../../protocol/local-service-addresses.ts';
import { countLimits } from '../../../protocol/limits.ts';
import type { NativeClient } from '../native/native-client.ts';

export type CarryingClient = Pick<NativeClient, 'call' | 'close' | 'isOpen'>;

export interface CarriedConnectionParts {
  readonly address: LocalServiceAddress;
  /** The client that carries it. @throws CodedError `CLIENT_…` */
  readonly client: () => Promise<CarryingClient>;
  readonly onOpen: () => void;
  /** The next ones come after `taken`. */
  readonly onTexts: (texts: string[]) => void;
  /** Called once, last: the service closed, or `code` says why there is no connection any more. */
  readonly onEnd: (code?: ErrorCode) => void;
}

/** One connection of a page to a service. */
export interface CarriedConnection {
  send(text: string): void;
  /** The page has taken what it was told last. */
  taken(): void;
  /** Ends it without a word. */
  close(): void;
}

export function carryConnection(parts: CarriedConnectionParts): CarriedConnection {
  const { address, onOpen, onTexts, onEnd } = parts;
  const stop = new AbortController();
  const { signal } = stop;
  const running = parts.client();
  // Not aborted with the rest: what the client opened has to be closed there too.
  const connecting = running.then((client) => client.call('service.connect', { address }));
  const opened = Promise.all([running, connecting]);
  let sending: Promise<unknown> = opened;
  let unsent = 0;
  let taken: () => void = () => undefined;

  const close = () => {
    stop.abort();
    taken();
    const closing = opened.then(([client, { connection }]) => client.call('service.close', { connection }));
    // It never was, or went with its client.
    closing.catch(() => undefined);
  };
  const end = (code?: ErrorCode) => {
    if (signal.aborted) return;
    close();
    onEnd(code);
  };
  const carry = async (): Promise<void> => {
    const [client, { connection }] = await opened;
    if (!signal.aborted) onOpen();
    while (!signal.aborted) {
      const { messages, closed } = await client.call('service.receive', { connection }, { signal });
      const isTaken = new Promise<void>((resolve) => (taken = resolve));
      if (messages.length > 0) onTexts(messages);
      if (closed) return;
      // The client keeps what comes meanwhile, up to its bound: a page that takes nothing loses the connection.
      if (messages.length > 0) await isTaken;
    }
  };
  carry().then(
    () => end(),
    (error: unknown) => end(codeOf(error)),
  );

  return {
    send(text) {
      if (unsent >= countLimits.localServiceMessages) return end('TOO_MANY_REQUESTS');
      unsent += 1;
      sending = sending.then(async () => {
        const [client, { connection }] = await opened;
        await client.call('service.send', { connection, text }, { signal });
        unsent -= 1;
      });
      sending.catch((error: unknown) => end(codeOf(error)));
    },
    taken: () => taken(),
    close,
  };
}
