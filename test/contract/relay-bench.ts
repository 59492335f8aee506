import { platformEnvironment } from '../../src/extension/background/platform-transport.ts';
import type { PlatformEnvironment } from '../../src/platforms/platform.ts';
import { createFrontServer, type Gateway } from '../../src/sandbox/gateway/front-server.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { listen } from '../../src/sandbox/http/loopback-server.ts';
import { createPhoneAgent, type PhoneAgent } from '../../src/sandbox/phone/phone-agent.ts';
import { readQrContent, type QrContent } from '../../src/sandbox/phone/qr-content.ts';

export const siteOrigin = 'https://ggzy.zhanjiang.gov.cn';

/** A front server on a port of its own, the bridge's real transport to it, and a phone. */
export interface RelayBench {
  readonly environment: PlatformEnvironment;
  readonly gateway: Gateway;
  readonly phone: PhoneAgent;
  readQr(text: string): QrContent;
  close(): Promise<void>;
}

export async function startRelayBench(faults: readonly Fault[] = []): Promise<RelayBench> {
  const front: { serve?: ReturnType<typeof createFrontServer> } = {};
  const server = await listen(async (exchange) => front.serve?.handler(exchange) ?? 'destroy', { port: 0 });
  const base = `http://127.0.0.1:${server.port}/platform/relay/v1`;
  const created = createFrontServer({
    bases: [base],
    siteOrigins: [siteOrigin],
    phoneOrigins: [],
    clock: Date.now,
    qrLifetimeSeconds: 120,
    faults,
  });
  front.serve = created;
  return {
    environment: platformEnvironment(base),
    gateway: created.gateway,
    phone: createPhoneAgent(fetch),
    readQr: (text) => readQrContent(text, [{ name: 'platform', base }]),
    close: () => server.close(),
  };
}
