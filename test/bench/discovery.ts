import type { Page } from 'playwright-core';
import { addSdk, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';
import { withLab } from './with-lab.ts';

const repetitions = 15;

/** One `connectBridge()` in the page, milliseconds to its answer, and the error's code if it was one. */
const timeConnect = `(async () => {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  return CaBridge.connectBridge().then(
    (bridge) => { const milliseconds = elapsed(); bridge.close(); return { milliseconds }; },
    ({ code }) => ({ milliseconds: elapsed(), code }));
})()`;

interface Answer {
  readonly milliseconds: number;
  readonly code?: string;
}

/** The time that a page, freshly loaded, needs to learn whether the bridge is there. */
export async function measureDiscovery(): Promise<Figure[]> {
  const [warm, cold] = await withLab({}, async (lab) => {
    await discover(lab);
    return [
      await repeat(() => discover(lab)),
      await repeat(() => discover(lab, () => lab.browser.killWorker())),
    ] as const;
  });
  const absent = await withLab({ extension: 'none', clients: false }, (lab) =>
    repeat(() => discover(lab, undefined, 'BRIDGE_NOT_INSTALLED')),
  );
  const metric = (which: string) => `connectBridge(), ${which}`;
  return [
    { metric: metric('present, warm worker'), samples: warm, unit: 'ms', peers: peers.present },
    { metric: metric('present, cold worker'), samples: cold, unit: 'ms', peers: peers.present },
    { metric: metric('absent (limit 500 ms)'), samples: absent, unit: 'ms', peers: peers.absent },
  ];
}

async function repeat(measure: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < repetitions) samples.push(await measure());
  return samples;
}

async function discover(
  lab: Lab,
  prepare: () => Promise<void> = () => Promise.resolve(),
  expected?: string,
): Promise<number> {
  const page: Page = await lab.openSite();
  await addSdk(page);
  await prepare();
  const { milliseconds, code } = await page.evaluate<Answer>(timeConnect);
  if (code !== expected) throw new Error(`connectBridge() ended with ${code ?? 'a bridge'}`);
  await page.close();
  return milliseconds;
}
