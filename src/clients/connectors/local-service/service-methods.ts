import { randomBytes } from 'node:crypto';
import { assertNever } from '../../../lib/assert-never.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { connectorMethods, type LocalServiceAddress } from '../../../protocol/connector-methods.ts';
import { countLimits, timeLimits } from '../../../protocol/limits.ts';
import type { HandlersOf } from '../../runtime/method-handlers.ts';
import { identifyXtx } from '../xtx/identify-xtx.ts';
import { openPostConnection } from './post-connection.ts';
import type { ServiceConnection } from './service-connection.ts';
import { openSocketConnection } from './socket-connection.ts';

type ServiceMethods = Pick<
  typeof connectorMethods,
  'service.connect' | 'service.send' | 'service.receive' | 'service.close'
>;

const tlsSocket = 'wss://127.0.0.1:21061/xtxapp/';

/** Carries a page's own calls to the listed addresses, for the local-service bridge. */
export function createServiceMethods(): HandlersOf<ServiceMethods> {
  const connections = new Map<string, ServiceConnection>();
  let opening = 0;
  let isIdentified = false;

  /** A certificate that nobody vouches for is taken only of a program that has said that it is the service. */
  const identified = async (signal: AbortSignal) => {
    if (isIdentified) return;
    const { line } = await identifyXtx(tlsSocket, { limit: timeLimits.vendorProbe }, signal);
    line.close();
    isIdentified = true;
  };
  const open = async (address: LocalServiceAddress, signal: AbortSignal): Promise<ServiceConnection> => {
    switch (address) {
      case 'ws://127.0.0.1:21051/xtxapp/':
        return openSocketConnection(address, signal);
      case 'http://127.0.0.1:21051/synctl':
        return openPostConnection(address);
      case tlsSocket:
        await identified(signal);
        return openSocketConnection(address, signal);
      case 'https://127.0.0.1:21061/synctl':
        await identified(signal);
        return openPostConnection(address);
      default:
        return assertNever(address);
    }
  };
  const drop = (connection: string) => {
    connections.get(connection)?.close();
    connections.delete(connection);
  };
  return {
    'service.connect': {
      params: connectorMethods['service.connect'].params,
      brief: true,
      async run({ address }, { signal }) {
        if (connections.size + opening >= countLimits.localServiceConnections) {
          throw new CodedError('TOO_MANY_REQUESTS');
        }
        opening += 1;
        try {
          const opened = await open(address, signal);
          if (signal.aborted) {
            opened.close();
            throw new CodedError('REQUEST_ABORTED');
          }
          const connection = randomBytes(16).toString('base64url');
          connections.set(connection, opened);
          return { connection };
        } finally {
          opening -= 1;
        }
      },
    },
    'service.send': {
      params: connectorMethods['service.send'].params,
      brief: true,
      async run({ connection, text }) {
        const opened = connections.get(connection);
        if (opened === undefined) throw new CodedError('VENDOR_NOT_RUNNING');
        opened.send(text);
        return {};
      },
    },
    'service.receive': {
      params: connectorMethods['service.receive'].params,
      brief: true,
      async run({ connection }, { signal }) {
        const opened = connections.get(connection);
        if (opened === undefined) return { messages: [], closed: true };
        const batch = await opened.receive(signal);
        if (batch.closed) drop(connection);
        return batch;
      },
    },
    'service.close': {
      params: connectorMethods['service.close'].params,
      brief: true,
      async run({ connection }) {
        drop(connection);
        return {};
      },
    },
  };
}
