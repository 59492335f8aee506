import type { Page } from 'playwright-core';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { addSdk, fieldOrigin, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';
import { repeat } from './repeat.ts';
import { traceScripts, type ScriptCost } from './trace.ts';

const loads = 10;

/** What the content script costs a page on its main thread, from the browser's own trace. */
export async function measureContentScript(lab: Lab): Promise<Figure[]> {
  const onNamedSite = await repeat(loads, () => traceLoad(lab, fieldOrigin));
  const withDiscovery = await repeat(loads, () => traceLoad(lab, fieldOrigin, connect));
  // Not a site of the bridge, not even in the QA build.
  const elsewhere = await repeat(loads, () => traceLoad(lab, sandboxOrigins.phone));
  return [
    {
      metric: 'content script, main thread, load',
      samples: millisecondsOf(onNamedSite),
      unit: 'ms',
      peers: peers.namedSite,
    },
    {
      metric: 'content script, main thread, load and connectBridge()',
      samples: millisecondsOf(withDiscovery),
      unit: 'ms',
      peers: peers.namedSite,
    },
    {
      metric: `content script, main thread, another site (${loads} loads)`,
      samples: millisecondsOf(elsewhere),
      unit: 'ms',
      peers: peers.otherSite,
    },
  ];
}

/** Loads at which the script ran at all. */
function millisecondsOf(costs: readonly ScriptCost[]): number[] {
  return costs.filter(({ events }) => events > 0).map(({ milliseconds }) => milliseconds);
}

async function connect(page: Page): Promise<void> {
  await addSdk(page);
  await page.evaluate('CaBridge.connectBridge().then((bridge) => bridge.close())');
}

async function traceLoad(
  { browser: { context, extensionId } }: Lab,
  origin: string,
  afterwards?: (page: Page) => Promise<void>,
): Promise<ScriptCost> {
  const browser = context.browser();
  if (browser === null) throw new Error('the browser is gone already');
  const page = await context.newPage();
  // A process that starts during a trace may miss its beginning, where the content script runs.
  await page.goto(`${origin}/`);
  const cost = await traceScripts(
    browser,
    page,
    { ours: `chrome-extension://${extensionId}/`, page: origin },
    async () => {
      await page.goto(`${origin}/`);
      await afterwards?.(page);
    },
  );
  await page.close();
  return cost;
}
