import { createPageRelay } from '../../../src/extension/content/page-relay.ts';
import * as v from 'valibot';
import { pageRequestSchema, type PageRequest } from '../../../src/protocol/page-messages.ts';
import { createPortClient, type PortClient } from '../../../src/sdk/port-client.ts';

export type Asked = Extract<PageRequest, { type: 'request' }>;

export interface RelayedClient {
  readonly client: PortClient;
  /** What the background takes, in order. */
  readonly asked: readonly Asked[];
  close(): void;
}

/**
 * The page's end over a real message channel, and the relay of the content script behind it. `answer` stands where
 * the background does, and decodes as that does: it gives the value of a result.
 */
export function relayedClient(answer: (request: Asked) => unknown): RelayedClient {
  const { port1: page, port2: bridge } = new MessageChannel();
  const asked: Asked[] = [];
  const relay = createPageRelay({
    connect: (onReply) => ({
      send(message) {
        if (message.type !== 'request') return;
        if (!v.safeParse(pageRequestSchema, message).success) {
          const error = { code: 'BAD_REQUEST', message: '', retry: false };
          return onReply({ type: 'error', id: message.id, error });
        }
        asked.push(message);
        onReply({ type: 'ack', id: message.id });
        onReply({ type: 'result', id: message.id, value: answer(message) });
      },
      close: () => undefined,
    }),
    describe: (code) => ({ message: code, retry: false }),
    schedule: () => undefined,
  });
  bridge.onmessage = ({ data }) => relay.receive(data, bridge);
  return {
    client: createPortClient(page),
    asked,
    close() {
      page.close();
      bridge.close();
    },
  };
}
