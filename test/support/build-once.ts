import { build, buildTargets } from './build.ts';

/** Vitest's global set-up: the built product is what integration and end-to-end tests run. */
export async function setup(): Promise<void> {
  if (process.env['CA_BRIDGE_BUILT'] === 'yes') return;
  for (const target of buildTargets) await build(target);
}
