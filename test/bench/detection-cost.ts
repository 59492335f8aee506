import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { listen, type LoopbackServer } from '../../src/sandbox/http/loopback-server.ts';
import { launchBrowser, type LaunchedBrowser } from '../support/browser.ts';
import { fieldOrigin } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';
import { createTlsCertificate } from '../support/x509.ts';
import { busyPage, busyPageElements } from './busy-page.ts';
import type { Figure, RunPeer } from './figure.ts';
import { traceScripts } from './trace.ts';

const rounds = 7;
const tickerRounds = 3;
const tickerMs = 10_000;
/** Work that a detector has put off is done by then. */
const settleMs = 1_500;

/** What is done to the page, by the name of its figure. */
const actions = {
  'load and first scan': undefined,
  '500 added nodes': 'addNodes(500)',
  '5,000 added nodes': 'addNodes(5000)',
  'a ticker, 10 s': `tick(${tickerMs})`,
} as const;

type Action = keyof typeof actions;
const actionNames = Object.keys(actions) as readonly Action[];

/**
 * Folder of an unpacked KeePassXC-Browser to measure beside us: another program's code, which this repository does
 * not have.
 */
const peerFolder = process.env['CA_BRIDGE_BENCH_PEER'];

interface Subject {
  readonly browser: LaunchedBrowser;
  readonly samples: Map<Action, number[]>;
}

/** Main-thread time of content scripts on a page of 20,000 elements, from the browser's trace; ours and the peer's in turns. */
export async function measureDetection(): Promise<Figure[]> {
  const tls = createTlsCertificate([new URL(fieldOrigin).hostname]);
  const answer = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: busyPage };
  const server = await listen(async () => answer, { port: 0, tls });
  const subjects: Subject[] = [];
  try {
    const folders = [projectPath('dist/store'), ...(peerFolder === undefined ? [] : [join(peerFolder)])];
    for (const folder of folders) {
      const browser = await launch(server, tls.spkiHash, folder);
      subjects.push({ browser, samples: new Map(actionNames.map((name) => [name, []])) });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const subject of subjects) await measureRound(subject, round);
    }
    return actionNames.map((name) => figureOf(name, subjects));
  } finally {
    for (const { browser } of subjects) await browser.close();
    await server.close();
  }
}

function launch(
  { port }: LoopbackServer,
  spkiHash: string,
  extensionFolder: string,
): Promise<LaunchedBrowser> {
  return launchBrowser({
    resolverRules: [`MAP ${new URL(fieldOrigin).hostname} 127.0.0.1:${port}`],
    trustedKeys: [spkiHash],
    extensionFolder,
  });
}

async function measureRound({ browser, samples }: Subject, round: number): Promise<void> {
  const page = await browser.context.newPage();
  // A process that starts during a trace may miss its beginning.
  await page.goto(`${fieldOrigin}/`);
  for (const name of actionNames) {
    if (name === 'a ticker, 10 s' && round >= tickerRounds) continue;
    const cost = await traceAction(browser, page, actions[name]);
    samples.get(name)?.push(cost);
  }
  await page.close();
}

async function traceAction(
  { context, extensionId }: LaunchedBrowser,
  page: Page,
  script: string | undefined,
): Promise<number> {
  const browser = context.browser();
  if (browser === null) throw new Error('the browser is gone already');
  const prefixes = {
    ours: `chrome-extension://${extensionId}/`,
    ...(script === undefined ? { page: fieldOrigin } : {}),
  };
  const { milliseconds } = await traceScripts(browser, page, prefixes, async () => {
    if (script === undefined) await page.goto(`${fieldOrigin}/`);
    else await page.evaluate(script);
    await page.waitForTimeout(settleMs);
  });
  return milliseconds;
}

function figureOf(name: Action, [ours, theirs]: readonly Subject[]): Figure {
  const peer: RunPeer | undefined = theirs && {
    name: 'KeePassXC-Browser, same run',
    samples: theirs.samples.get(name) ?? [],
  };
  return {
    metric: `content script, main thread, page of ${busyPageElements.toLocaleString('en')} elements: ${name}`,
    samples: ours?.samples.get(name) ?? [],
    unit: 'ms',
    peers: peer ?? 'KeePassXC-Browser: CA_BRIDGE_BENCH_PEER names no folder of it',
  };
}
