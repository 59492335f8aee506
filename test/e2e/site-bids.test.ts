import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { checkByPhone, confirmRecipient, openOnPhone } from '../support/bid-calls.ts';
import { closePages, startLab, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { logInToSite } from '../support/site-login.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

const bids = [1, 2, 3].map((number) => ({
  name: `投标文件${number}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from(samplePdf(`Bid ${number}`, number)),
}));

/** Presses a button of the page that asks the bridge, and gives the window with its platform picked. */
async function ask(page: Page, button: string): Promise<Page> {
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: button, exact: true }).click();
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  return prompt;
}

/** The page 投标文件加密上传 with all bids uploaded. */
async function uploaded(): Promise<Page> {
  const page = await logInToSite(lab);
  await page.getByRole('link', { name: '工程建设' }).click();
  await page.getByRole('link', { name: '投标文件加密上传' }).click();
  await page.getByLabel('投标文件', { exact: true }).setInputFiles(bids);
  await takeScreenshot(page, 'site bids chosen');
  const prompt = await ask(page, '扫码加密并上传');
  await confirmRecipient(lab, prompt);
  await page.locator('[data-taken="3"]').waitFor();
  await takeScreenshot(page, 'site bids uploaded');
  await prompt.close();
  return page;
}

it('a bidder encrypts, uploads, checks, rehearses, and opens at the appointed time', async () => {
  const page = await uploaded();
  expect(lab.world.site.bids().map(({ view }) => view.name)).toEqual(bids.map(({ name }) => `${name}.cabid`));

  const checking = await ask(page, '检查能否解密');
  await checkByPhone(lab, checking);
  await page.locator('[data-task="readiness"] [data-good="3"]').waitFor();
  await takeScreenshot(page, 'site bids checked');
  await checking.close();
  await page.getByRole('button', { name: '返回', exact: true }).click();

  const rehearsing = await ask(page, '开标演练');
  await openOnPhone(lab, rehearsing);
  await page.locator('[data-task="rehearse"] [data-good="3"]').waitFor();
  await rehearsing.close();

  await page.getByRole('link', { name: '开标大厅' }).click();
  await page.getByRole('timer', { name: '开标倒计时' }).waitFor();
  await takeScreenshot(page, 'site hall before the opening');
  expect(await page.getByRole('button', { name: '解密投标文件' }).count()).toBe(0);
  await page.getByRole('button', { name: '立即开标' }).click();
  const opening = await ask(page, '解密投标文件');
  await openOnPhone(lab, opening);
  const readings = page.locator('tr[data-reading]');
  await expect.poll(() => readings.count()).toBe(3);
  await takeScreenshot(page, 'site hall opened');
  const digests = await readings.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-sm3')));
  const expected = bids.map(({ buffer }) => createHash('sm3').update(buffer).digest('hex'));
  expect(digests.toSorted()).toEqual(expected.toSorted());
});
