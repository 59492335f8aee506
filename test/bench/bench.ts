import { cpus } from 'node:os';
import { build } from '../support/build.ts';
import { ensureBrowser } from '../support/ensure-browser.ts';
import { measureContentScript } from './content-script-cost.ts';
import { measureDetection } from './detection-cost.ts';
import { measureAbsence, measureDiscovery } from './discovery.ts';
import { measureEncrypting } from './encrypting.ts';
import { measureTransfers } from './file-transfers.ts';
import { measureKernel } from './kernel-speed.ts';
import { measureLogins } from './login-times.ts';
import { measurePageEncryption } from './page-encryption.ts';
import { measureRoundTrips } from './round-trips.ts';
import { measureSealing } from './sealing.ts';
import { measureSizes } from './sizes.ts';
import { measureSm2 } from './sm2-speed.ts';

import { printTable } from './table.ts';
import { withLab } from './with-lab.ts';

const targets = ['store', 'qa', 'sdk', 'sdk-classic', 'clients', 'sandbox'] as const;

if (process.env['CA_BRIDGE_BUILT'] !== 'yes') for (const target of targets) await build(target);

const { kind, version } = await ensureBrowser();
const sizes = await measureSizes();
const present = await withLab({}, async (lab) => {
  // A browser that has just started reads managed policy first, for some seconds: not what is measured here.
  const worker = await lab.browser.worker();
  await worker.evaluate('chrome.storage.managed.get()');
  return [
    ...(await measureContentScript(lab)),
    ...(await measureDiscovery(lab)),
    ...(await measureLogins(lab)),
    ...(await measureRoundTrips(lab)),
    ...(await measureTransfers(lab)),
    ...(await measurePageEncryption(lab)),
  ];
});
const absent = await withLab({ extension: 'none', clients: false }, measureAbsence);
const detection = await measureDetection();
const sealing = await measureSealing();
const sm2 = await measureSm2();
const encrypting = await measureEncrypting();
const kernel = await measureKernel();

console.log(`Node ${process.versions.node}, ${kind} ${version}, ${cpus().length} cores`);
console.log(
  printTable([...sizes, ...present, ...absent, ...detection, ...sealing, ...sm2, ...encrypting, ...kernel]),
);
