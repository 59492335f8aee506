import { createAuthority, type Authority, type CentrePair } from './authority/authority.ts';
import type { Fault } from './gateway/faults.ts';
import { createFrontServer, type Gateway } from './gateway/front-server.ts';
import type { Handler } from './http/exchange.ts';
import { listen, type ListenOptions, type LoopbackServer, type TlsIdentity } from './http/loopback-server.ts';
import { sandboxOrigins } from './origins.ts';
import { createUnattendedPhones, type UnattendedPhones } from './phone/unattended-phones.ts';
import { createPhoneServer, phoneBodyLimit, revocationListPath } from './phone-server.ts';
import { sampleProject } from './trading-site/sample-project.ts';
import { createSiteServer, type Site } from './trading-site/site-server.ts';
import { issueUnattendedBidders } from './unattended-bidders.ts';

export interface WorldOptions {
  /** Folder of the built sandbox pages. */
  readonly pages: string;
  /** 0 takes any free port; the ports of `sandboxOrigins` unless told. */
  readonly ports?: { readonly site: number; readonly frontServer: number; readonly phone: number };
  /** Origins that the trading site accepts as its own; its loopback one and the named site's unless told. */
  readonly siteOrigins?: readonly string[];
  /** When given, the trading site is also served over TLS, on any free port. */
  readonly tls?: TlsIdentity;
  readonly faults?: readonly Fault[];
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly qrLifetimeSeconds?: number;
  /** Origin of the front server as QRs carry it: `sandboxOrigins.frontServer` unless told. */
  readonly publicBase?: string;
  /**
   * Base address at which the trading site's own back end reaches 中招互连's front server, for pages that draw their
   * QR themselves; the world's front server on loopback unless told.
   */
  readonly siteFrontServer?: string;
  /** When the bids of the site's project are opened, milliseconds since the epoch; in one hour unless told. */
  readonly openingTime?: number;
  /** Bytes of the largest bid that the site takes. */
  readonly bidLimit?: number;
  /** Organisations of bidders whose phones answer by themselves, so that many can open at once; for tests. */
  readonly unattended?: readonly string[];
}

export interface World {
  readonly ports: {
    readonly site: number;
    readonly siteTls?: number;
    readonly frontServer: number;
    readonly phone: number;
  };
  readonly authority: Authority;
  readonly gateway: Gateway;
  readonly site: Site;
  /** The trading centre, which can open every bid that the site takes. */
  readonly centre: CentrePair;
  /** The phones of `WorldOptions.unattended`; also at `/unattended` of the phone's server. */
  readonly unattended?: UnattendedPhones;
  /** Resolves when no socket and no file of the world is left. */
  close(): Promise<void>;
}

const portOf = (origin: string): number => Number(new URL(origin).port);

const standardPorts = {
  site: portOf(sandboxOrigins.site),
  frontServer: portOf(sandboxOrigins.frontServer),
  phone: portOf(sandboxOrigins.phone),
};

const platformNames = { 'zhongzhao-hulian': '中招互连', 'yue-qi-qian': '粤企签' } as const;

function platformsAt(publicBase: string): { name: string; base: string }[] {
  return Object.entries(sandboxOrigins.frontServers).map(([id, address]) => ({
    name: platformNames[id as keyof typeof platformNames],
    base: publicBase + new URL(address).pathname,
  }));
}

const hourMs = 3_600_000;

const loopback = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * Starts authority, front server, phone and trading site on 127.0.0.1.
 * @throws the system's error when a port is taken; what had started is closed.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { pages, ports = standardPorts, clock = Date.now, tls } = options;
  let revocationList: string | undefined;
  const authority = createAuthority(clock, () => revocationList);
  const publicBase = options.publicBase ?? sandboxOrigins.frontServer;
  const platforms = platformsAt(publicBase);
  const servers: LoopbackServer[] = [];
  const afterwards: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    for (const clear of afterwards) await clear();
  };
  const start = async (
    handler: Handler,
    port: number,
    further?: Omit<ListenOptions, 'port'>,
  ): Promise<number> => {
    const server = await listen(handler, { port, ...further });
    servers.push(server);
    return server.port;
  };

  try {
    // Certificates name the address of the revocation list, so the phone's server has to be there before any is issued.
    const served: { phone?: Handler } = {};
    const servePhone: Handler = async (exchange) => served.phone?.(exchange) ?? 'destroy';
    const phone = await start(servePhone, ports.phone, { bodyLimit: phoneBodyLimit });
    revocationList = loopback(phone) + revocationListPath;
    const siteOrigins = [...(options.siteOrigins ?? [sandboxOrigins.site, 'https://ggzy.zhanjiang.gov.cn'])];
    const centre = authority.issueCentre();
    let siteFrontServer = options.siteFrontServer ?? '';
    const site = createSiteServer({
      origins: siteOrigins,
      trustAnchors: [authority.root, authority.issuer],
      pages,
      clock,
      revocationLists: () => [authority.revocationList()],
      projects: [
        {
          ...sampleProject,
          openingTime: options.openingTime ?? clock() + hourMs,
          recipients: [centre.encryption.certificate],
        },
      ],
      bidLimit: options.bidLimit,
      frontServer: () => siteFrontServer,
    });
    afterwards.push(site.close);
    const sitePort = await start(site.handler, ports.site, site.bodies);
    if (options.siteOrigins === undefined) siteOrigins.push(loopback(sitePort));
    const front = createFrontServer({
      bases: platforms.map(({ base }) => base),
      siteOrigins,
      selfTestOrigins: [sandboxOrigins.extension],
      phoneOrigins: [sandboxOrigins.phone, loopback(phone)],
      clock,
      qrLifetimeSeconds: options.qrLifetimeSeconds ?? 120,
      faults: options.faults ?? [],
    });
    const frontServer = await start(front.handler, ports.frontServer, { bodyLimit: front.bodyLimit });
    const siteRelay = new URL(sandboxOrigins.frontServers['zhongzhao-hulian']).pathname;
    siteFrontServer ||= loopback(frontServer) + siteRelay;
    const unattended =
      options.unattended &&
      createUnattendedPhones({
        fetch: (address, init) => fetch(address.replace(publicBase, loopback(frontServer)), init),
        platforms,
        bidders: issueUnattendedBidders(authority, options.unattended),
      });
    served.phone = createPhoneServer({ authority, platforms, pages, unattended });
    const siteTls = tls && (await start(site.handler, 0, { tls, ...site.bodies }));
    return {
      ports: { site: sitePort, frontServer, phone, ...(siteTls === undefined ? {} : { siteTls }) },
      authority,
      gateway: front.gateway,
      site: site.site,
      centre,
      ...(unattended === undefined ? {} : { unattended }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
