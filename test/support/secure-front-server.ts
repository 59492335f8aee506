import { createFrontServer, type Gateway } from '../../src/sandbox/gateway/front-server.ts';
import { listen } from '../../src/sandbox/http/loopback-server.ts';
import { createPhoneAgent, type PhoneAgent } from '../../src/sandbox/phone/phone-agent.ts';
import { createTlsCertificate } from './x509.ts';

/** A front server as a deployment has it: on https, at an address that only policy names. */
export interface SecureFrontServer {
  /** Base address of its one platform. */
  readonly base: string;
  readonly gateway: Gateway;
  /** What the browser has to be told to reach it and to trust it. */
  readonly resolverRule: string;
  readonly address: string;
  readonly spkiHash: string;
  /** A phone that belongs to this front server. */
  readonly phone: PhoneAgent;
  close(): Promise<void>;
}

const host = 'front-server.example';

/** Starts one for sessions of `siteOrigin`, on any free port of 127.0.0.1. */
export async function startSecureFrontServer(siteOrigin: string): Promise<SecureFrontServer> {
  const base = `https://${host}/zhongzhao-hulian/relay/v1`;
  const tls = createTlsCertificate([host]);
  const { handler, bodyLimit, gateway } = createFrontServer({
    bases: [base],
    siteOrigins: [siteOrigin],
    phoneOrigins: [],
    clock: Date.now,
    qrLifetimeSeconds: 120,
    faults: [],
  });
  const secure = await listen(handler, { port: 0, tls, bodyLimit });
  // Node would not trust the certificate, so the phone comes by another door.
  const plain = await listen(handler, { port: 0, bodyLimit });
  return {
    base,
    gateway,
    resolverRule: `MAP ${host} 127.0.0.1:${secure.port}`,
    address: `127.0.0.1:${secure.port}`,
    spkiHash: tls.spkiHash,
    phone: createPhoneAgent((address, init) =>
      fetch(address.replace(`https://${host}`, `http://127.0.0.1:${plain.port}`), init),
    ),
    async close() {
      await Promise.all([secure.close(), plain.close()]);
    },
  };
}
