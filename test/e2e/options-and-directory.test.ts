import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { launchBrowser, type LaunchedBrowser } from '../support/browser.ts';
import { fieldOrigin } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let browser: LaunchedBrowser;
beforeAll(
  async () =>
    void (browser = await launchBrowser({ extensionFolder: projectPath('dist/qa'), locale: 'zh-CN' })),
);
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
});
afterAll(() => browser?.close());

const openOptions = () => browser.openPage('src/extension/options/options.html');
const openDirectory = () => browser.openPage('src/extension/directory/directory.html');
const scrollsSideways = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
const said = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

describe('the options', () => {
  it('are the browser’s own entry of the extension, in a tab', async () => {
    const popup = await browser.openPage('src/extension/popup/popup.html');
    const opening = browser.context.waitForEvent('page');
    await popup.getByRole('button', { name: '设置', exact: true }).click();
    const options = await opening;
    await options.getByRole('heading', { level: 1, name: '设置' }).waitFor();
    expect(new URL(options.url()).pathname).toBe('/src/extension/options/options.html');
  });

  it('name the built-in site, which nobody can take back', async () => {
    const options = await openOptions();
    const site = options.locator(`[data-site="${fieldOrigin}"]`);
    await site.getByText('已获浏览器许可').waitFor();
    expect(await site.getByRole('button').count()).toBe(0);
    await takeScreenshot(options, 'options');
  });

  it('change the language of every open page at once', async () => {
    const directory = await openDirectory();
    const options = await openOptions();
    await options.getByRole('radio', { name: 'English' }).check();
    await options.getByRole('heading', { level: 1, name: 'Options' }).waitFor();
    await directory.getByRole('heading', { level: 1, name: 'Getting a certificate' }).waitFor();
    expect(await directory.locator('html').getAttribute('lang')).toBe('en');
    await options.getByRole('radio', { name: 'As the browser' }).check();
    await directory.getByRole('heading', { level: 1, name: '数字证书办理' }).waitFor();
  });

  it('come back from the file that they were saved to', async () => {
    const options = await openOptions();
    await options.getByRole('radio', { name: '90 天' }).check();
    await said(options, '已保存');
    const saving = options.waitForEvent('download');
    await options.getByRole('button', { name: '导出设置' }).click();
    const file = await (await saving).path();
    await options.getByRole('radio', { name: '一直保留' }).check();
    const content = await readFile(file);
    expect(JSON.parse(content.toString())).toMatchObject({ historyDays: 90 });
    await options
      .locator('input[type=file]')
      .setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: content });
    await said(options, '已导入设置');
    await expect.poll(() => options.getByRole('radio', { name: '90 天' }).isChecked()).toBe(true);
  });

  it('refuse a file of another kind, and stay as they were', async () => {
    const options = await openOptions();
    await options.getByRole('radio', { name: '90 天' }).check();
    const buffer = Buffer.from('{"format":"ca-bridge-settings/1","sites":["https://evil.example"]}');
    await options
      .locator('input[type=file]')
      .setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer });
    await options.getByRole('alert').filter({ hasText: '设置文件无法识别' }).waitFor();
    expect(await options.getByRole('radio', { name: '90 天' }).isChecked()).toBe(true);
  });

  it('keep and forget a default platform', async () => {
    const options = await openOptions();
    await options.getByRole('radio', { name: /中招互连/ }).check();
    await said(options, '已保存');
    await options.reload();
    await expect.poll(() => options.getByRole('radio', { name: /中招互连/ }).isChecked()).toBe(true);
    await options.getByRole('radio', { name: '不指定，每次选择' }).check();
    await said(options, '已保存');
    await options.reload();
    await expect.poll(() => options.getByRole('radio', { name: '不指定，每次选择' }).isChecked()).toBe(true);
  });

  it.each([
    { name: 'narrow', size: { width: 360, height: 760 }, media: {} },
    { name: 'wide and dark', size: { width: 1_400, height: 900 }, media: { colorScheme: 'dark' } },
    { name: 'forced colours', size: { width: 800, height: 900 }, media: { forcedColors: 'active' } },
  ] as const)('fit: $name', async ({ name, size, media }) => {
    const options = await openOptions();
    await options.setViewportSize(size);
    await options.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await options.getByRole('button', { name: '导出设置' }).waitFor();
    await takeScreenshot(options, `options ${name}`);
    expect(await scrollsSideways(options)).toBe(false);
  });
});

describe('数字证书办理', () => {
  it('has both groups, and the hotline that is published', async () => {
    const directory = await openDirectory();
    await directory.getByRole('heading', { name: '全国互认移动数字证书（CA）' }).waitFor();
    await directory.getByRole('heading', { name: '其他数字证书（CA）' }).waitFor();
    const shared = directory.locator('[data-platform=zhongzhao-hulian]');
    await shared.getByText('已启用').waitFor();
    expect(await shared.textContent()).toContain('400-666-4230');
    await takeScreenshot(directory, 'directory');
  });

  it('opens nothing unasked', async () => {
    const directory = await openDirectory();
    await directory.locator('[data-platform=zhongzhao-hulian]').waitFor();
    expect(await directory.locator('a[href]').count()).toBe(0);
  });

  it.each([
    { name: 'narrow', size: { width: 360, height: 760 }, media: {} },
    { name: 'wide and dark', size: { width: 1_400, height: 900 }, media: { colorScheme: 'dark' } },
  ] as const)('fits: $name', async ({ name, size, media }) => {
    const directory = await openDirectory();
    await directory.setViewportSize(size);
    await directory.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await directory.locator('[data-platform=yun-you-cai]').waitFor();
    await takeScreenshot(directory, `directory ${name}`);
    expect(await scrollsSideways(directory)).toBe(false);
  });
});
