import type { ErrorCode } from '../../src/protocol/error-codes.ts';
import { addSdk, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';
import { repeat } from './repeat.ts';

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

/** The time that a page, freshly loaded, needs to find the bridge. */
export async function measureDiscovery(lab: Lab): Promise<Figure[]> {
  await discover(lab);
  const warm = await repeat(repetitions, () => discover(lab));
  const cold = await repeat(repetitions, () => discover(lab, { prepare: lab.browser.killWorker }));
  return [
    { metric: 'connectBridge(), present, warm worker', samples: warm, unit: 'ms', peers: peers.present },
    { metric: 'connectBridge(), present, cold worker', samples: cold, unit: 'ms', peers: peers.present },
  ];
}

/** The time that a page needs to learn that there is no bridge; in a lab without the extension. */
export async function measureAbsence(lab: Lab): Promise<Figure[]> {
  const samples = await repeat(repetitions, () => discover(lab, { expected: 'BRIDGE_NOT_INSTALLED' }));
  return [{ metric: 'connectBridge(), absent (limit 500 ms)', samples, unit: 'ms', peers: peers.absent }];
}

interface Circumstances {
  /** Done when the page is ready, just before it asks. */
  readonly prepare?: () => Promise<void>;
  /** The code that the page shall get; a bridge without it. */
  readonly expected?: ErrorCode;
}

async function discover(lab: Lab, { prepare, expected }: Circumstances = {}): Promise<number> {
  const page = await lab.openSite();
  await addSdk(page);
  await prepare?.();
  const { milliseconds, code } = await page.evaluate<Answer>(timeConnect);
  if (code !== expected) throw new Error(`connectBridge() ended with ${code ?? 'a bridge'}`);
  await page.close();
  return milliseconds;
}
