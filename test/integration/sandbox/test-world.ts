import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxOrigins } from '../../../src/sandbox/origins.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import {
  createPhoneAgent,
  type PhoneAgent,
  type SigningCredential,
} from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import { startWorld, type World, type WorldOptions } from '../../../src/sandbox/world.ts';

export interface TestWorld extends World {
  readonly siteOrigin: string;
  readonly phoneOrigin: string;
  /** An empty folder in place of the built pages. */
  readonly pages: string;
  /** Calls what QRs name at the port where it really is. */
  readonly mapped: Fetch;
  readonly agent: PhoneAgent;
  /** Opens a session as the extension would, and gives what it then reads. */
  open(challenge: string): Promise<{ businessId: string; secret: string; qr: string }>;
  /** The login token that a phone with this credential makes for the challenge. */
  tokenFor(challenge: string, credential: SigningCredential): Promise<Readonly<Record<string, unknown>>>;
}

const base = sandboxOrigins.frontServers['zhongzhao-hulian'];
const platforms = [{ name: '中招互连', base }];

/** The whole sandbox on free ports, with an empty folder of pages. */
export async function startTestWorld(options: Partial<WorldOptions> = {}): Promise<TestWorld> {
  const pages = await mkdtemp(join(tmpdir(), 'sandbox-pages-'));
  const world = await startWorld({ pages, ports: { site: 0, frontServer: 0, phone: 0 }, ...options });
  const siteOrigin = `http://127.0.0.1:${world.ports.site}`;
  const mapped: Fetch = (address, init) => {
    const real = address.replace(sandboxOrigins.frontServer, `http://127.0.0.1:${world.ports.frontServer}`);
    return fetch(real, init);
  };
  const agent = createPhoneAgent(mapped);

  async function open(challenge: string): Promise<{ businessId: string; secret: string; qr: string }> {
    const response = await mapped(`${base}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        protocol: 'ca-bridge-relay/1',
        requestId: crypto.randomUUID(),
        scene: 'login',
        origin: siteOrigin,
        challenge,
      }),
    });
    return (await response.json()) as { businessId: string; secret: string; qr: string };
  }

  return {
    ...world,
    siteOrigin,
    phoneOrigin: `http://127.0.0.1:${world.ports.phone}`,
    pages,
    mapped,
    agent,
    open,
    async tokenFor(challenge, credential) {
      const { businessId, secret, qr } = await open(challenge);
      const pending = await agent.scan(readQrContent(qr, platforms));
      if (pending.scene !== 'login') throw new Error(`a ${pending.scene}`);
      await agent.confirm(pending, credential);
      const response = await mapped(`${base}/sessions/${businessId}/result`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      return ((await response.json()) as { result: Readonly<Record<string, unknown>> }).result;
    },
    async close() {
      await world.close();
      await rm(pages, { recursive: true, force: true });
    },
  };
}
