import type { Lab } from '../support/lab.ts';
import { bundle } from './bundle.ts';

/** Calls a function of `worker/worker-code.ts`; options and result go as JSON. */
export type CallInWorker = <Result>(name: string, options: object) => Promise<Result>;

/** Puts the functions of `worker/worker-code.ts` into the extension's worker, where they stay until it is stopped. */
export async function loadWorkerCode({ browser }: Lab): Promise<CallInWorker> {
  const worker = await browser.worker();
  const code = await bundle('test/bench/worker/worker-code.ts', { for: 'browser', global: 'bench' });
  await worker.evaluate(`{ ${code}; globalThis.bench = bench; }`);
  return (name, options) => worker.evaluate(`bench.${name}(${JSON.stringify(options)})`);
}
