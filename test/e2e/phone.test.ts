import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import { closePages, fieldOrigin, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

const company = '粤西示例市政工程有限公司';
const pin = '246813';

let lab: Lab;
let phone: Page;
beforeAll(async () => {
  lab = await startLab();
  phone = await lab.openSite(sandboxOrigins.phone);
  await phone.setViewportSize({ width: 412, height: 892 });
});
afterAll(() => lab.close());

/** Shows the phone what the window looks like, as its camera would. */
async function scanByPhone(prompt: Page): Promise<void> {
  await prompt.locator('.qr-code').first().waitFor();
  const buffer = await prompt.screenshot();
  await phone
    .locator('input[type=file]')
    .setInputFiles({ name: 'window.png', mimeType: 'image/png', buffer });
}

async function beginLogin() {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  await page.getByRole('button', { name: /全国共享互认CA入口/ }).click();
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  return { page, prompt };
}

it('a bidder enrols on the phone, scans the window, compares, and is logged in', async () => {
  await takeScreenshot(phone, 'phone enrol');
  await phone.getByLabel('企业名称').selectOption(company);
  await phone.getByLabel('设置 PIN（6 位数字）').fill(pin);
  await phone.getByLabel('再输入一次 PIN').fill(pin);
  await phone.getByRole('button', { name: '生成密钥并办理' }).click();
  await phone.getByRole('button', { name: '扫一扫' }).waitFor();
  await takeScreenshot(phone, 'phone home');

  const { page, prompt } = await beginLogin();
  await scanByPhone(prompt);
  const yes = phone.getByRole('button', { name: '是，继续' });
  await yes.waitFor();
  await untilState(prompt, 'scanned');
  const confirmation = await phone.locator('main').innerText();
  expect(confirmation).toContain(fieldOrigin);
  expect(confirmation).toContain(company);
  const number = await phone.locator('.matching .number').innerText();
  expect(number).toMatch(/^\d\d$/);
  expect((await prompt.locator('.matching-tiles').innerText()).replaceAll(/\s/g, '')).toBe(number);
  await takeScreenshot(phone, 'phone confirm');

  await yes.click();
  await takeScreenshot(phone, 'phone PIN');
  await phone.getByLabel('输入 PIN 确认登录').fill(pin);
  await phone.getByText('已确认登录').waitFor();
  await takeScreenshot(phone, 'phone done');
  await page.getByText(company).first().waitFor();
  expect(lab.world.site.loggedIn()).toContainEqual(expect.objectContaining({ organisation: company }));
  await phone.getByRole('button', { name: '返回首页' }).click();
  for (const done of [page, prompt]) await done.close();
});

it('a wrong PIN confirms nothing, and three of them refuse the login', async () => {
  const logins = lab.world.site.loggedIn().length;
  const { page, prompt } = await beginLogin();
  await scanByPhone(prompt);
  await phone.getByRole('button', { name: '是，继续' }).click();
  const field = phone.getByLabel('输入 PIN 确认登录');
  for (const left of [2, 1]) {
    await field.fill('000000');
    await phone.getByText(`PIN 不正确，还可以试 ${left} 次`).waitFor();
  }
  await takeScreenshot(phone, 'phone wrong PIN');
  await field.fill('000000');
  await phone.getByText('PIN 已锁定').waitFor();
  await untilState(prompt, 'cancelled');
  expect(lab.world.site.loggedIn()).toHaveLength(logins);
  await takeScreenshot(page, 'login page refused');
  await phone.getByRole('button', { name: '返回首页' }).click();
  for (const done of [page, prompt]) await done.close();
});

it('a number that differs is refused by one press, and the site gets nothing', async () => {
  const logins = lab.world.site.loggedIn().length;
  const { prompt } = await beginLogin();
  await scanByPhone(prompt);
  await phone.getByRole('button', { name: '不是，拒绝' }).click();
  await untilState(prompt, 'cancelled');
  await phone.getByText('已拒绝登录').waitFor();
  expect(lab.world.site.loggedIn()).toHaveLength(logins);
  await closePages(lab);
});
