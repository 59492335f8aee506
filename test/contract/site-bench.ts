import { vi } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { createSiteQuestions } from '../../src/extension/background/page/site-questions.ts';
import { sitePlatform, type SitePlatform } from '../../src/platforms/site/site-platform.ts';
import type { Scene } from '../../src/protocol/scenes.ts';
import type { Exchange } from '../../src/sandbox/http/exchange.ts';
import { createSiteDriverFlow, type FlowOptions } from '../../src/sandbox/trading-site/site-driver-flow.ts';
import { createSiteDriverRoutes } from '../../src/sandbox/trading-site/site-driver-routes.ts';
import { createSiteDesk, type AskedQuestion, type SiteFlow } from '../../src/sdk/site-flow.ts';
import { siteOrigin, startRelayBench, type RelayBench } from './relay-bench.ts';

/** A front server, a site with a back end that asks it, that site's page, and the driver that asks the page. */
export interface SiteBench extends RelayBench {
  /** As a session of this scene has it; each stands for a worker that knows nothing of the one before. */
  platformFor(scene: Scene): SitePlatform;
  /** A call of the site's back end by a browser with the page's cookies, or by one without. */
  post(path: string, body: object, as?: 'page' | 'stranger'): Promise<{ status: number; body: unknown }>;
  readonly flow: SiteFlow;
  /** What the page has told its user, in order. */
  readonly steps: readonly string[];
  /** What the site was given for each login. */
  readonly logins: readonly { readonly challenge: string; readonly token: unknown }[];
}

const page = { documentId: 'document-1', requestId: 'request-1' };

export async function startSiteBench(options: Omit<FlowOptions, 'onStep'> = {}): Promise<SiteBench> {
  const relay = await startRelayBench();
  const logins: { challenge: string; token: unknown }[] = [];
  const steps: string[] = [];
  let challenges = 0;
  let cookie: string | undefined;
  const routes = createSiteDriverRoutes({
    frontServer: () => relay.environment.frontServer,
    clock: Date.now,
    challengeFor: () => `challenge-of-the-site-${(challenges += 1)}`,
    admit(_exchange, { challenge, token }) {
      logins.push({ challenge, token });
      return Promise.resolve({ status: 200, body: '{}' });
    },
  });

  async function post(path: string, body: object, as: 'page' | 'stranger' = 'page') {
    const exchange: Exchange = {
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers: {
        'content-type': 'application/json',
        ...(as === 'page' && cookie !== undefined ? { cookie } : {}),
      },
      address: '127.0.0.1',
      secure: true,
      body: utf8(JSON.stringify(body)),
      gone: new AbortController().signal,
    };
    const { status, headers, body: text } = (await routes.post(exchange, siteOrigin)) ?? { status: 404 };
    const given = headers?.['set-cookie'];
    if (as === 'page' && typeof given === 'string') cookie = given.split(';')[0];
    return { status, body: typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined };
  }

  const network = fetch;
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    if (!address.startsWith('/driver/')) return network(address, init);
    const { status, body } = await post(address, JSON.parse(String(init.body)) as object);
    return status === 204 ? new Response(null, { status }) : Response.json(body ?? null, { status });
  });

  const flow = createSiteDriverFlow({ ...options, onStep: (step) => void steps.push(step) });
  const desk = createSiteDesk(flow, (answer) =>
    questions.answer(page.documentId, { type: 'answer', id: page.requestId, ...answer }),
  );
  const questions = createSiteQuestions(
    (_documentId, message) => {
      if (message.type === 'question') desk.take(message as unknown as AskedQuestion);
    },
    () => crypto.randomUUID(),
  );

  return {
    ...relay,
    flow,
    steps,
    logins,
    post,
    platformFor: (scene) =>
      sitePlatform({
        id: 'zhongzhao-hulian',
        name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
        channel: questions.channel(page),
        scene,
        qrHosts: ['127.0.0.1'],
        siteOrigins: [siteOrigin],
      }),
    async close() {
      desk.end(true);
      vi.unstubAllGlobals();
      await relay.close();
    },
  };
}
