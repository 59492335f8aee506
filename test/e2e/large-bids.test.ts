import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { toBase64 } from '../../src/lib/bytes.ts';
import { areSame, confirmRecipient, giveDiskFile, openOnPhone, startBid } from '../support/bid-calls.ts';
import { clientProcesses, clientRemains } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { residentMebibytes } from '../bench/process-memory.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

/** A file of random mebibytes, and its SM3. */
async function writeInput(path: string, mebibytes: number): Promise<string> {
  const digest = createHash('sm3');
  const file = await open(path, 'w');
  const block = randomBytes(1_048_576);
  for (let index = 0; index < mebibytes; index += 1) {
    block.writeUInt32BE(index, 0);
    digest.update(block);
    await file.write(block);
  }
  await file.close();
  return digest.digest('hex');
}

/** What the back end says of the page's encrypted file. */
function upload(page: Page, sm3: string): Promise<{ status: number; body: unknown }> {
  return page.evaluate(`(async () => {
    const [{ id }] = (await (await fetch('/api/projects')).json()).projects;
    const [file] = bidFiles;
    const address = '/api/projects/' + id + '/bids?name=' + encodeURIComponent(file.name);
    const response = await fetch(address, { method: 'POST', body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-receipt-sm3': '${sm3}' } });
    return { status: response.status, body: await response.json() };
  })()`);
}

/** Takes the uploaded file back from the site, as `bidFiles[0]`. */
function fetchBack(page: Page): Promise<void> {
  return page.evaluate(`(async () => {
    const [{ id }] = (await (await fetch('/api/projects')).json()).projects;
    const { bids } = await (await fetch('/api/projects/' + id + '/bids')).json();
    const { n, name } = bids.at(-1);
    const response = await fetch('/api/projects/' + id + '/bids/' + n);
    globalThis.bidFiles = [new File([await response.blob()], name)];
  })()`);
}

it.each([1, 1_024])(
  'a file of %i MiB is encrypted, uploaded, checked by the back end, and opened again',
  async (mebibytes) => {
    const input = join(lab.browser.profileFolder, `bid of ${mebibytes} MiB.pdf`);
    const sm3 = await writeInput(input, mebibytes);
    const page = await lab.openSite();
    await giveDiskFile(page, input);
    const centre = JSON.stringify([toBase64(lab.world.centre.encryption.certificate)]);
    const encrypting = await startBid(
      lab,
      page,
      `bridge.encrypt({ files, platform, recipients: ${centre} }, options)`,
    );
    await confirmRecipient(lab, encrypting.prompt);
    const { receipts, error } = await encrypting.report();
    expect(error).toBeUndefined();
    expect(receipts).toMatchObject([{ plain: { size: mebibytes * 1_048_576, sm3 } }]);
    await encrypting.prompt.close();

    expect(await upload(page, receipts[0]?.cipher.sm3 ?? '')).toMatchObject({ status: 201 });
    await fetchBack(page);
    const opening = await startBid(lab, page, `bridge.decrypt({ files: bidFiles, platform }, options)`);
    await openOnPhone(lab, opening.prompt);
    await untilState(opening.prompt, 'confirmed');
    const [client] = clientProcesses(lab.browser, 'encryption');
    const { bids } = await opening.report();
    const peak = client === undefined ? undefined : await residentMebibytes(client, 'VmHWM');
    expect(bids).toMatchObject([{ ok: true, plain: { sm3 } }]);
    expect(await areSame(page, 'files[0]', 'bidFiles[0]')).toBe(true);
    expect(peak ?? 0).toBeLessThan(256);
    expect(await clientRemains(lab.browser, 'encryption')).toEqual([]);
    await rm(input);
  },
  600_000,
);
