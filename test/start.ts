import { sandboxOrigins } from '../src/sandbox/origins.ts';
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
  console.log('2. 交易系统标签页：点“全国共享互认CA入口”，弹出扫码窗口。Site tab: press the CA entrance.');
  console.log(
    '3. 把扫码窗口截图粘贴到手机页（Ctrl+V）并确认；Ctrl-C 结束。Paste the QR into the phone; Ctrl-C ends.',
  );
  await new Promise<void>((resolve) => {
    opened.context.once('close', () => resolve());
    stop.signal.addEventListener('abort', () => resolve());
  });
}

async function walkHeadless({ browser: opened, openSite, nextPrompt, scan, phone, subscriber }: Lab) {
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
  console.log('没有显示器：已无界面走完扫码登录。No display: a login by scan was walked headless.');
  console.log(`截图 screenshots: ${screenshotFolder}`);
}
