import { platformEnvironment } from '../../src/extension/background/platform-transport.ts';
import type { PlatformEnvironment } from '../../src/platforms/platform.ts';
import { createFrontServer, type Gateway } from '../../src/sandbox/gateway/front-server.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { listen } from '../../src/sandbox/http/loopback-server.ts';
import {
  createPhoneAgent,
  type PendingCheck,
  type PendingEncryption,
  type PendingLogin,
  type PendingOpening,
  type PendingRequest,
  type PendingSigning,
  type PhoneAgent,
} from '../../src/sandbox/phone/phone-agent.ts';
import { readQrContent, type QrContent } from '../../src/sandbox/phone/qr-content.ts';

export const siteOrigin = 'https://ggzy.zhanjiang.gov.cn';

/** A front server on a port of its own, the bridge's real transport to it, and a phone. */
export interface RelayBench {
  readonly environment: PlatformEnvironment;
  readonly gateway: Gateway;
  readonly phone: PhoneAgent;
  readQr(text: string): QrContent;
  scanLogin(qr: string): Promise<PendingLogin>;
  scanSigning(qr: string): Promise<PendingSigning>;
  scanEncryption(qr: string): Promise<PendingEncryption>;
  scanCheck(qr: string): Promise<PendingCheck>;
  scanOpening(qr: string): Promise<PendingOpening>;
  close(): Promise<void>;
}

export async function startRelayBench(faults: readonly Fault[] = []): Promise<RelayBench> {
  const front: { serve?: ReturnType<typeof createFrontServer> } = {};
  const server = await listen(async (exchange) => front.serve?.handler(exchange) ?? 'destroy', {
    port: 0,
    bodyLimit: (path) => front.serve?.bodyLimit(path) ?? 0,
  });
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
  const phone = createPhoneAgent(fetch, { pollMs: 20 });
  const readQr = (text: string) => readQrContent(text, [{ name: 'platform', base }]);
  async function scan<P extends PendingRequest>(
    qr: string,
    isWanted: (pending: PendingRequest) => pending is P,
  ): Promise<P> {
    const pending = await phone.scan(readQr(qr));
    if (!isWanted(pending)) throw new Error(`a ${pending.scene}`);
    return pending;
  }
  return {
    environment: platformEnvironment(base),
    gateway: created.gateway,
    phone,
    readQr,
    scanLogin: (qr) => scan(qr, isLogin),
    scanSigning: (qr) => scan(qr, isSigning),
    scanEncryption: (qr) => scan(qr, isEncryption),
    scanCheck: (qr) => scan(qr, isCheck),
    scanOpening: (qr) => scan(qr, isOpening),
    close: () => server.close(),
  };
}

const isLogin = (pending: PendingRequest): pending is PendingLogin => pending.scene === 'login';
const isEncryption = (pending: PendingRequest): pending is PendingEncryption => pending.scene === 'encrypt';
const isCheck = (pending: PendingRequest): pending is PendingCheck =>
  pending.scene === 'decrypt' && pending.purpose === 'check';
const isOpening = (pending: PendingRequest): pending is PendingOpening =>
  pending.scene === 'decrypt' && pending.purpose !== 'check';
const isSigning = (pending: PendingRequest): pending is PendingSigning =>
  pending.scene === 'messageSignature' ||
  pending.scene === 'signature' ||
  pending.scene === 'revokeSignature';
