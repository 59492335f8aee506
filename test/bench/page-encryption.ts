import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveDiskFile, startBid } from '../support/bid-calls.ts';
import { closePages, untilState, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { repeat } from './repeat.ts';

const rounds = 3;
const mebibytes = 100;

/** From the page's call to its encrypted file, the time between the QR and the consent left out: that is the user's. */
export async function measurePageEncryption(lab: Lab): Promise<Figure[]> {
  const path = join(lab.browser.profileFolder, 'bid.bin');
  await writeFile(path, randomBytes(mebibytes * 1_048_576));
  const samples = await repeat(rounds, async () => {
    const page = await lab.openSite();
    await giveDiskFile(page, path);
    const begun = performance.now();
    const { prompt, report } = await startBid(lab, page, `bridge.encrypt({ files, platform }, options)`);
    await untilState(prompt, 'awaitingScan');
    const reading = performance.now() - begun;
    await lab.phone.identifyForBid(await lab.scanToEncrypt(prompt), lab.subscriber.bidIdentity);
    const button = prompt.getByRole('button', { name: '用此证书加密' });
    await button.waitFor();
    const consent = performance.now();
    await button.click();
    const { error } = await report();
    if (error !== undefined) throw new Error(error.code);
    const writing = performance.now() - consent;
    await closePages(lab);
    return reading + writing;
  });
  await rm(path);
  return [
    {
      metric: `${mebibytes} MiB from the page's call to its encrypted file, without the user's time`,
      samples,
      unit: 'ms',
      peers: '',
    },
  ];
}
