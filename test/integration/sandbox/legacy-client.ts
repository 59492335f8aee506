import { sandboxOrigins } from '../../../src/sandbox/origins.ts';
import type { PendingRequest } from '../../../src/sandbox/phone/phone-agent.ts';
import { readQrContent } from '../../../src/sandbox/phone/qr-content.ts';
import { createSiteClient, type SiteClient } from './site-client.ts';
import type { TestWorld } from './test-world.ts';

export interface LegacyQr {
  readonly ticket: string;
  readonly content: string;
  readonly expiresIn: number;
}

/** A page of the old kind in a browser of its own, and a phone in front of it. */
export interface LegacyClient extends SiteClient {
  /** The page asks its back end for a QR. */
  ask(scene?: string, replaces?: string): Promise<LegacyQr>;
  /** What the page hears of its QR. */
  state(qr: LegacyQr): Promise<unknown>;
  /** The phone scans it. */
  scan(qr: LegacyQr): Promise<PendingRequest>;
}

const platforms = [{ name: '中招互连', base: sandboxOrigins.frontServers['zhongzhao-hulian'] }];

export function createLegacyClient(world: TestWorld): LegacyClient {
  const browser = createSiteClient(world.siteOrigin);
  return {
    ...browser,
    async ask(scene = 'login', replaces) {
      return (await (await browser.post('/legacy/qr', { scene, replaces })).json()) as LegacyQr;
    },
    async state({ ticket }) {
      return (await browser.post('/legacy/qr/state', { ticket })).json();
    },
    scan: ({ content }) => world.agent.scan(readQrContent(content, platforms)),
  };
}
