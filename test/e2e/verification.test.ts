import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { closePages, startLab, type Lab } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';
import { pickCompanySeal, startSealing } from '../support/signing-calls.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
let sealed: Uint8Array;
beforeAll(async () => {
  lab = await startLab();
  const { prompt, finish } = await startSealing(lab, [{ name: 'bid.pdf', bytes: samplePdf('Bid', 2) }], {
    places: `[{ kind: 'keyword', text: 'SEAL HERE' }]`,
  });
  await pickCompanySeal(prompt);
  sealed = (await finish()).files[0]?.bytes ?? new Uint8Array();
});
afterEach(async () => {
  // What one user trusts is not what the next one does.
  await (await lab.browser.worker()).evaluate(() => chrome.storage.local.clear());
  await closePages(lab);
});
afterAll(() => lab.close());

const openVerification = () => lab.browser.openPage('src/extension/verification/verification.html');

async function choose(page: Page, name: string, bytes: Uint8Array): Promise<string | null> {
  const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
  // The first input of the page is the authorities' until the place for files is there.
  await page.locator('.drop input[type=file]').setInputFiles(file);
  const banner = page.locator('[data-verdict]').first();
  await banner.waitFor();
  return banner.getAttribute('data-verdict');
}

async function trustAuthority(page: Page): Promise<void> {
  const { root, issuer } = lab.world.authority;
  const files = [root, issuer].map((der, index) => ({
    name: `authority-${index}.cer`,
    mimeType: 'application/pkix-cert',
    buffer: Buffer.from(der),
  }));
  await page.locator('input[accept=".pem,.crt,.cer,.der"]').setInputFiles(files);
  await page.getByText('测试根 CA TEST ROOT').first().waitFor();
}

describe('the verification page', () => {
  it('cannot tell of a sealed file while no authority is trusted', async () => {
    const page = await openVerification();
    expect(await choose(page, 'bid.pdf', sealed)).toBe('cannotTell');
    await takeScreenshot(page, 'verification cannot tell');
  });

  it('finds a sealed file valid once the user trusts its authority, and remembers that', async () => {
    const page = await openVerification();
    await trustAuthority(page);
    expect(await choose(page, 'bid.pdf', sealed)).toBe('valid');
    await page.getByText('湛江测试建设有限公司').first().waitFor();
    await takeScreenshot(page, 'verification valid');
    await page.reload();
    expect(await choose(page, 'bid.pdf', sealed)).toBe('valid');
  });

  it('finds a file invalid in which one byte was changed', async () => {
    const page = await openVerification();
    const altered = Uint8Array.from(sealed);
    altered[200] = (altered[200] ?? 0) ^ 1;
    expect(await choose(page, 'bid.pdf', altered)).not.toMatch(/^valid/);
    await takeScreenshot(page, 'verification altered');
  });

  it('says of an unsigned file that there is nothing to tell', async () => {
    const page = await openVerification();
    expect(await choose(page, 'plain.pdf', samplePdf('Bid', 1))).toBe('cannotTell');
  });

  it('reads an OFD that another program sealed', async () => {
    const page = await openVerification();
    const ofd = await readFile(projectPath('../shared/data/v4signed.ofd'));
    expect(await choose(page, 'v4signed.ofd', ofd)).not.toMatch(/^valid/);
    await takeScreenshot(page, 'verification of an OFD');
  });

  it('reads a message of another program', async () => {
    const page = await openVerification();
    const message = await readFile(projectPath('../shared/data/cfca-signed-attached.der'));
    expect(await choose(page, 'cfca.der', message)).toBe('cannotTell');
    await takeScreenshot(page, 'verification of a message');
  });
});
