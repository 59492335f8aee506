import type { ConnectorId } from '../../protocol/connector-methods.ts';
import type { Connector } from './connector.ts';
import { createXtxConnector } from './xtx/xtx-connector.ts';

export type Connectors = Readonly<Record<ConnectorId, Connector>>;

/** Every vendor's; nothing is connected before it is asked. */
export function createConnectors(): Connectors {
  return { xtx: createXtxConnector() };
}
