import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { addSdk, fieldOrigin, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';
import { traceScripts, type ScriptCost } from './trace.ts';
import { withLab } from './with-lab.ts';

const loads = 10;

/** What the content script costs a page on its main thread, from the browser's own trace. */
export function measureContentScript(): Promise<Figure[]> {
  return withLab({}, async (lab) => {
    const onNamedSite = await traceLoads(lab, fieldOrigin, false);
    const withDiscovery = await traceLoads(lab, fieldOrigin, true);
    // Not a site of the bridge, not even in the QA build.
    const elsewhere = await traceLoads(lab, sandboxOrigins.phone, false);
    const milliseconds = (costs: readonly ScriptCost[]) =>
      costs.filter(({ events }) => events > 0).map((cost) => cost.milliseconds);
    const metric = (which: string) => `content script, main thread, ${which}`;
    return [
      { metric: metric('load'), samples: milliseconds(onNamedSite), unit: 'ms', peers: peers.namedSite },
      {
        metric: metric('load and connectBridge()'),
        samples: milliseconds(withDiscovery),
        unit: 'ms',
        peers: peers.namedSite,
      },
      {
        metric: metric(`another site (${loads} loads)`),
        samples: milliseconds(elsewhere),
        unit: 'ms',
        peers: peers.otherSite,
      },
    ];
  });
}

async function traceLoads(lab: Lab, origin: string, connects: boolean): Promise<ScriptCost[]> {
  const { context, extensionId } = lab.browser;
  const browser = context.browser();
  if (browser === null) throw new Error('the browser is gone already');
  const costs: ScriptCost[] = [];
  while (costs.length < loads) {
    const page = await context.newPage();
    const cost = await traceScripts(browser, page, `chrome-extension://${extensionId}/`, async () => {
      await page.goto(`${origin}/`, { waitUntil: 'load' });
      if (!connects) return;
      await addSdk(page);
      await page.evaluate('CaBridge.connectBridge().then((bridge) => bridge.close())');
    });
    costs.push(cost);
    await page.close();
  }
  return costs;
}
