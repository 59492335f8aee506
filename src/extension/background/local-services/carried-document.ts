import { assertNever } from '../../../lib/assert-never.ts';
import type { LocalServiceAddress } from '../../../protocol/local-service-addresses.ts';
import type { LocalServiceNews, LocalServiceOrder } from '../../../protocol/local-service-messages.ts';
import { countLimits } from '../../../protocol/limits.ts';
import { carryConnection, type CarriedConnection, type CarryingClient } from './carried-connection.ts';

export interface CarriedDocumentParts {
  /** Starts a client of this document's own. @throws CodedError `CLIENT_…`, `REQUEST_ABORTED` */
  readonly openClient: (signal: AbortSignal) => Promise<CarryingClient>;
  readonly post: (news: LocalServiceNews) => void;
  /** Called when a connection begins or ends. */
  readonly onChange: () => void;
}

/** The connections of one document, carried by a client of its own, which starts with the first. */
export interface CarriedDocument {
  take(order: LocalServiceOrder): void;
  /** Where it is connected now, each address once. */
  addresses(): readonly LocalServiceAddress[];
  /** Ends every connection without a word, and lets go of the client. */
  end(): void;
}

interface Carried extends CarriedConnection {
  readonly address: LocalServiceAddress;
}

export function createCarriedDocument({ openClient, post, onChange }: CarriedDocumentParts): CarriedDocument {
  const connections = new Map<number, Carried>();
  const gone = new AbortController();
  let running: CarryingClient | undefined;
  let opening: Promise<CarryingClient> | undefined;

  const open = async (): Promise<CarryingClient> => {
    try {
      running = await openClient(gone.signal);
      return running;
    } finally {
      opening = undefined;
    }
  };
  const client = async (): Promise<CarryingClient> => {
    if (running?.isOpen() === true) return running;
    opening ??= open();
    return opening;
  };
  const drop = (id: number) => {
    if (connections.delete(id)) onChange();
  };
  const connect = (id: number, address: LocalServiceAddress): void => {
    if (connections.has(id)) return;
    if (connections.size >= countLimits.localServiceConnections) {
      return post({ type: 'closed', id, code: 'TOO_MANY_REQUESTS' });
    }
    const connection = carryConnection({
      address,
      client,
      onOpen: () => post({ type: 'open', id }),
      onTexts: (texts) => post({ type: 'texts', id, texts }),
      onEnd(code) {
        drop(id);
        post({ type: 'closed', id, ...(code === undefined ? {} : { code }) });
      },
    });
    connections.set(id, { ...connection, address });
    onChange();
  };

  return {
    take(order) {
      switch (order.type) {
        case 'connect':
          return connect(order.id, order.address);
        case 'send':
          return connections.get(order.id)?.send(order.text);
        case 'taken':
          return connections.get(order.id)?.taken();
        case 'close':
          connections.get(order.id)?.close();
          return drop(order.id);
        default:
          assertNever(order);
      }
    },
    addresses: () => [...new Set(Array.from(connections.values(), ({ address }) => address))],
    end() {
      gone.abort();
      for (const { close } of connections.values()) close();
      connections.clear();
      running?.close();
    },
  };
}
