import { createHash } from 'node:crypto';
import {
  createFrontServer,
  type FrontServerOptions,
  type Gateway,
} from '../../../src/sandbox/gateway/front-server.ts';
import { listen } from '../../../src/sandbox/http/loopback-server.ts';

export const siteOrigin = 'https://ggzy.zhanjiang.gov.cn';
export const phoneOrigin = 'http://127.0.0.1:28082';
export const base = 'http://front.test/zhongzhao-hulian/relay/v1';
export const otherBase = 'http://front.test/yue-qi-qian/relay/v1';

export interface TestGateway {
  readonly gateway: Gateway;
  /** Where a path of the platform's base is really served. */
  at(path: string, ofBase?: string): string;
  post(path: string, body: unknown, secret?: string): Promise<Response>;
  get(path: string, secret?: string): Promise<Response>;
  /** Moves the front server's clock. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

export interface Opened {
  readonly businessId: string;
  readonly secret: string;
  readonly qr: string;
  readonly expiresIn: number;
}

const authorization = (secret?: string): Record<string, string> =>
  secret === undefined ? {} : { authorization: `Bearer ${secret}` };

/** A front server on a random port whose clock the test moves. */
export async function startGateway(options: Partial<FrontServerOptions> = {}): Promise<TestGateway> {
  let now = Date.UTC(2026, 0, 1);
  const { handler, bodyLimit, gateway } = createFrontServer({
    bases: [base, otherBase],
    siteOrigins: [siteOrigin],
    phoneOrigins: [phoneOrigin],
    clock: () => now,
    qrLifetimeSeconds: 120,
    faults: [],
    ...options,
  });
  const server = await listen(handler, { port: 0, bodyLimit });
  const at = (path: string, ofBase = base): string =>
    `http://127.0.0.1:${server.port}${new URL(ofBase).pathname}${path}`;
  return {
    gateway,
    at,
    post: (path, body, secret) =>
      fetch(at(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization(secret) },
        body: JSON.stringify(body),
      }),
    get: (path, secret) => fetch(at(path), { headers: authorization(secret) }),
    pass(seconds) {
      now += seconds * 1_000;
    },
    close: server.close,
  };
}

let requests = 0;

export function openBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  requests += 1;
  return {
    protocol: 'ca-bridge-relay/1',
    requestId: `request-${String(requests).padStart(16, '0')}`,
    scene: 'login',
    origin: siteOrigin,
    challenge: 'challenge-0123456789abcdef',
    ...change,
  };
}

export async function openSession(server: TestGateway): Promise<Opened> {
  return (await (await server.post('/sessions', openBody())).json()) as Opened;
}

export const scanTokenOf = ({ qr }: Opened): string => /#([\w-]+)\./.exec(qr)?.[1] ?? '';

export async function scanned(server: TestGateway, session: Opened): Promise<string> {
  const response = await server.post(`/scan/${session.businessId}`, { token: scanTokenOf(session) });
  return ((await response.json()) as { phoneSecret: string }).phoneSecret;
}

export function tokenFor(businessId: string, change: Readonly<Record<string, unknown>> = {}): object {
  return {
    format: 'ca-bridge-login/1',
    algorithm: 'SM2-SM3',
    scene: 'login',
    businessId,
    origin: siteOrigin,
    certificate: 'MA==',
    chain: ['MA=='],
    signature: 'MA==',
    ...change,
  };
}

/** `[status, error code]` of an answer. */
export async function refusalOf(response: Response): Promise<readonly [number, string]> {
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

export const sm3 = (data: string | Uint8Array): Buffer => createHash('sm3').update(data).digest();

/** `requestDigest` of the protocol document, computed by the test itself. */
export function requestDigest(challenge: string, origin = siteOrigin): Buffer {
  return sm3(`ca-bridge-relay/1\nlogin\n${origin}\n${sm3(challenge).toString('hex')}\n`);
}

/** `matchingNumber` of the protocol document, computed by the test itself. */
export function matchingNumber(businessId: string, digest: Buffer): string {
  const number = sm3(`${businessId}\n${digest.toString('hex')}`).readUInt32BE(0) % 100;
  return String(number).padStart(2, '0');
}
