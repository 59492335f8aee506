import type { Page } from 'playwright-core';
import { sandboxOrigins } from '../src/sandbox/origins.ts';
import { samplePdf } from '../src/sandbox/trading-site/sample-pdf.ts';
import { openOnPhone } from './support/bid-calls.ts';
import { build } from './support/build.ts';
import { ensureBrowser } from './support/ensure-browser.ts';
import { hasDisplay } from './support/has-display.ts';
import { fieldOrigin, startLab, untilState, type Lab } from './support/lab.ts';
import { screenshotFolder, takeScreenshot } from './support/screenshots.ts';

/**
 * `npm start`: builds the QA extension, the clients and the sandbox, and opens a browser of its own with all of
 * them. Without a display it walks a login headless instead and leaves screenshots. Ctrl-C ends everything.
 */
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());

const interactive = hasDisplay();
const browser = await ensureBrowser();
console.log(`浏览器 browser: ${browser.path} ${browser.version}`);
for (const target of ['qa', 'clients', 'sandbox', 'sdk', 'sdk-classic'] as const) {
  console.log(`构建 building: ${target}`);
  await build(target, stop.signal);
}

const lab = await startLab({ headless: !interactive, signal: stop.signal });
try {
  await (interactive ? showToUser(lab) : walkHeadless(lab));
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await lab.close();
}

async function showToUser({ browser: opened, openSite }: Lab): Promise<void> {
  const phone = await opened.context.newPage();
  await phone.goto(`${sandboxOrigins.phone}/`);
  const site = await openSite();
  await site.bringToFront();
  console.log('1. 手机标签页：选企业、设 PIN，办理测试证书。Phone tab: get a test certificate.');
  console.log(
    '2. 交易系统标签页：点“全国共享互认CA入口”登录，再试“工程建设”里的签章、签名、投标文件加密上传和开标大厅。Site tab: log in, then seal, sign, encrypt and open.',
  );
  console.log(
    '3. 把扫码窗口截图粘贴到手机页（Ctrl+V）并确认；Ctrl-C 结束。Paste the QR into the phone; Ctrl-C ends.',
  );
  await new Promise<void>((resolve) => {
    opened.context.once('close', () => resolve());
    stop.signal.addEventListener('abort', () => resolve());
  });
}

async function walkHeadless(world: Lab) {
  const { browser: opened, openSite, nextPrompt, scan, phone, subscriber } = world;
  const page = await openSite(fieldOrigin);
  await takeScreenshot(page, 'start 1 login page');
  const opening = nextPrompt();
  await page.getByRole('button', { name: /全国共享互认CA/ }).click();
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'start 2 prompt window');
  await page.bringToFront();
  const popup = await opened.openPopup();
  await popup.locator('.qr-code').first().waitFor();
  await takeScreenshot(popup, 'start 3 toolbar popup');
  await popup.close();
  const pending = await scan(prompt);
  await untilState(prompt, 'scanned');
  await takeScreenshot(prompt, 'start 4 scanned');
  await phone.confirm(pending, subscriber.credential);
  await page.getByText('湛江测试建设有限公司').first().waitFor();
  await takeScreenshot(page, 'start 5 logged in');
  await expectClosed(prompt);
  await sealHeadless(world, page);
  await openHeadless(world, page);
  console.log(
    '没有显示器：已无界面走完登录、签章、加密上传和开标解密。No display: login, seal, encryption and opening were walked headless.',
  );
  console.log(`截图 screenshots: ${screenshotFolder}`);
}

async function expectClosed(prompt: Page): Promise<void> {
  if (!prompt.isClosed()) await prompt.waitForEvent('close');
}

/** The menu's 扫码签章检测: a sample document is sealed, and the site's back end verifies it. */
async function sealHeadless({ nextPrompt, scanToSign, phone, subscriber }: Lab, page: Page): Promise<void> {
  await page.getByRole('link', { name: '扫码签章检测' }).click();
  const opening = nextPrompt();
  await page.getByRole('button', { name: '开始检测' }).click();
  const prompt = await opening;
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'start 6 documents before the scan');
  const pending = await scanToSign(prompt);
  await phone.identify(pending, subscriber.identity);
  await untilState(prompt, 'arranging');
  await prompt.getByRole('radio', { name: /公章/ }).check();
  await prompt.locator('.seal-mark').first().waitFor();
  await takeScreenshot(prompt, 'start 7 seal and place');
  await prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
  const { toBeSigned } = await phone.untilToBeSigned(pending);
  await takeScreenshot(prompt, 'start 8 signing');
  await phone.sign(pending, subscriber.credential, toBeSigned);
  await page.locator('[data-verdict="valid"]').waitFor();
  await takeScreenshot(page, 'start 9 sealed and verified');
  await expectClosed(prompt);
}

/** A bid is encrypted and uploaded, and opened in the hall. */
async function openHeadless(world: Lab, page: Page): Promise<void> {
  const { nextPrompt } = world;
  const ask = async (button: string): Promise<Page> => {
    const opening = nextPrompt();
    await page.getByRole('button', { name: button }).click();
    const prompt = await opening;
    await prompt.getByRole('radio', { name: /中招互连/ }).check();
    return prompt;
  };
  await page.getByRole('link', { name: '工程建设' }).click();
  await page.getByRole('link', { name: '投标文件加密上传' }).click();
  const bid = { name: '投标文件.pdf', mimeType: 'application/pdf', buffer: Buffer.from(samplePdf('Bid', 3)) };
  await page.getByLabel('投标文件', { exact: true }).setInputFiles(bid);
  const encrypting = await ask('扫码加密并上传');
  await untilState(encrypting, 'awaitingScan');
  const pending = await world.scanToEncrypt(encrypting);
  await world.phone.identifyForBid(pending, world.subscriber.bidIdentity);
  const consent = encrypting.getByRole('button', { name: '用此证书加密' });
  await consent.waitFor();
  await takeScreenshot(encrypting, 'start 10 whose certificate');
  await consent.click();
  await page.locator('[data-taken="1"]').waitFor();
  await takeScreenshot(encrypting, 'start 11 receipt');
  await takeScreenshot(page, 'start 12 uploaded');
  await encrypting.close();
  await page.getByRole('link', { name: '开标大厅' }).click();
  await page.getByRole('button', { name: '立即开标' }).click();
  const opening = await ask('解密投标文件');
  await openOnPhone(world, opening);
  await page.locator('tr[data-reading]').waitFor();
  await takeScreenshot(opening, 'start 13 opened');
  await takeScreenshot(page, 'start 14 opening hall');
}
