import type { LoopbackSocketAddress } from '../open-web-socket.ts';

/** Ports of 127.0.0.1 at which the service listens. */
export interface XtxPorts {
  readonly plain: number;
  /** TLS, with a certificate that the service made for itself. */
  readonly tls: number;
}

export const xtxPorts: XtxPorts = { plain: 21_051, tls: 21_061 };

/** Where the service may answer, in the order in which it is looked for. */
export function xtxAddresses({ plain, tls }: XtxPorts): readonly LoopbackSocketAddress[] {
  return [`ws://127.0.0.1:${plain}/xtxapp/`, `wss://127.0.0.1:${tls}/xtxapp/`];
}
