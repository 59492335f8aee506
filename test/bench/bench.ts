import { cpus } from 'node:os';
import { build } from '../support/build.ts';
import { ensureBrowser } from '../support/ensure-browser.ts';
import { measureContentScript } from './content-script-cost.ts';
import { measureDiscovery } from './discovery.ts';
import type { Figure } from './figure.ts';
import { measureLogins } from './login-times.ts';
import { measureSizes } from './sizes.ts';
import { printTable } from './table.ts';

const measurements = [measureSizes, measureContentScript, measureDiscovery, measureLogins];
const targets = ['store', 'qa', 'sdk', 'sdk-classic', 'clients', 'sandbox'] as const;

if (process.env['CA_BRIDGE_BUILT'] !== 'yes') for (const target of targets) await build(target);

const browser = await ensureBrowser();
const figures: Figure[] = [];
for (const measure of measurements) figures.push(...(await measure()));

console.log(`Node ${process.versions.node}, ${browser.kind} ${browser.version}, ${cpus().length} cores`);
console.log(printTable(figures));
