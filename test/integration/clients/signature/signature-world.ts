import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import type { Trust } from '../../../../src/protocol/signature-methods.ts';
import {
  createAuthority,
  type Authority,
  type PairDefect,
  type SealDefect,
} from '../../../../src/sandbox/authority/authority.ts';
import { testSubscriber, type TestSubscriber } from '../../../support/test-subscriber.ts';

/** An authority, its subscribers, and the revocation list that its certificates point to, over loopback. */
export interface SignatureWorld {
  readonly authority: Authority;
  /** Its root alone, and lists may be fetched. */
  readonly rootTrust: Trust;
  /** Its root and the authority under it, which no list speaks of: what makes a sound signature plainly valid. */
  readonly trust: Trust;
  subscriber(defect?: PairDefect, sealDefect?: SealDefect): TestSubscriber;
  close(): void;
}

/** No anchors: a chain is not judged. */
export const noTrust: Trust = { anchors: [], online: false };

export async function createSignatureWorld(): Promise<SignatureWorld> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(authority.revocationList());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const authority = createAuthority(Date.now, () => `http://127.0.0.1:${port}/ca.crl`);
  const [intermediate] = testSubscriber(authority).pair.chain;
  const root = toBase64(authority.root);
  return {
    authority,
    rootTrust: { anchors: [root], online: true },
    trust: {
      anchors: [root, ...(intermediate === undefined ? [] : [toBase64(intermediate)])],
      online: true,
    },
    subscriber: (defect, sealDefect) => testSubscriber(authority, defect, sealDefect),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
