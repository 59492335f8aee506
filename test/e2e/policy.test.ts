import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { extensionIds } from '../../src/protocol/extension-ids.ts';
import { errorCatalogue } from '../../src/protocol/errors.ts';
import { timeLimits } from '../../src/protocol/limits.ts';
import type { Capabilities } from '../../src/protocol/page-messages.ts';
import { readQrContent } from '../../src/sandbox/phone/qr-content.ts';
import { startWorld } from '../../src/sandbox/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { addSdk, fieldOrigin, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { canWritePolicy, writePolicy, type ManagedPolicy } from '../support/managed-policy.ts';
import { projectPath } from '../support/project-paths.ts';
import { readQrFromScreenshot } from '../support/qr-from-screenshot.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { startSecureFrontServer } from '../support/secure-front-server.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import { createTlsCertificate } from '../support/x509.ts';

const [extensionId] = extensionIds;
const popupPage = 'src/extension/popup/popup.html';

let undo: (() => Promise<void>)[] = [];
beforeEach(() => void (undo = []));
afterEach(async () => {
  for (const step of undo.toReversed()) await step();
});

async function startStoreLab(): Promise<Lab> {
  const lab = await startLab({ extension: 'store', clients: false });
  undo.push(lab.close);
  return lab;
}

async function setPolicy(content: object): Promise<ManagedPolicy> {
  const policy = await writePolicy(extensionId, { ...content });
  undo.push(policy.remove);
  return policy;
}

async function capabilities(page: Page): Promise<Capabilities> {
  await addSdk(page);
  return page.evaluate('CaBridge.connectBridge().then((bridge) => bridge.capabilities)');
}

/** What a front server would serve; a page's own flow and the services of this machine need none. */
async function relayScenes(page: Page): Promise<Capabilities['scenes']> {
  return (await capabilities(page)).scenes.filter(({ driver }) => driver === 'relay');
}

describe('the store build without policy', () => {
  it('asks no front server, and ends a login at once with a window that says why', async () => {
    const lab = await startStoreLab();
    const page = await lab.openSite();
    expect(await relayScenes(page)).toEqual([]);
    const opening = lab.nextPrompt();
    const report = await (await startLogin(page))();
    expect(report).toMatchObject({ error: { code: 'PLATFORM_NOT_CONFIGURED', retry: false } });
    expect(report.milliseconds).toBeLessThan(5_000);
    const prompt = await opening;
    await untilState(prompt, 'failed');
    const { title, remedy } = errorCatalogue.PLATFORM_NOT_CONFIGURED.text['zh-CN'];
    const words = await prompt.locator('main').innerText();
    expect(words).toContain(title);
    expect(words).toContain(remedy);
    await takeScreenshot(prompt, 'prompt platform not configured');
  });

  it('supposes no key on this machine: the user is asked, and can take nothing else', async () => {
    const lab = await startStoreLab();
    const page = await lab.openSite();
    const opening = lab.nextPrompt();
    const report = await startLogin(page, { platform: null });
    const prompt = await opening;
    await untilState(prompt, 'awaitingConsent');
    const words = await prompt.locator('main').innerText();
    expect(words).toContain('云优采');
    await takeScreenshot(prompt, 'prompt local platform only');
    await prompt.close();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
  });
});

if (!canWritePolicy)
  console.warn('Managed policy is tested by root on Linux only: nobody else can write it.');

describe.runIf(canWritePolicy)('the store build under managed policy', () => {
  it('logs in through the front server that policy names', async () => {
    const front = await startSecureFrontServer(fieldOrigin);
    undo.push(front.close);
    await setPolicy({ frontServers: { 'zhongzhao-hulian': front.base } });
    const tls = createTlsCertificate([new URL(fieldOrigin).hostname]);
    const ports = { site: 0, frontServer: 0, phone: 0 };
    const world = await startWorld({ pages: projectPath('dist/sandbox'), ports, tls });
    undo.push(world.close);
    const siteAddress = `127.0.0.1:${world.ports.siteTls ?? 0}`;
    const browser = await launchBrowser({
      extensionFolder: projectPath('dist/store'),
      resolverRules: [front.resolverRule, `MAP ${new URL(fieldOrigin).hostname} ${siteAddress}`],
      publicAddresses: [front.address, siteAddress],
      trustedKeys: [front.spkiHash, tls.spkiHash],
    });
    undo.push(browser.close);
    const page = await browser.context.newPage();
    await page.goto(`${fieldOrigin}/`);
    expect(await relayScenes(page)).toEqual(
      ['login', 'messageSignature', 'signature', 'revokeSignature', 'encrypt', 'decrypt'].map((scene) => ({
        scene,
        driver: 'relay',
        platform: 'zhongzhao-hulian',
      })),
    );
    const opening = browser.context.waitForEvent('page', {
      predicate: (other) => other.url().includes('/prompt/prompt.html'),
    });
    const report = await startLogin(page);
    const prompt = await opening;
    await untilState(prompt, 'awaitingScan');
    const text = readQrFromScreenshot(await prompt.screenshot());
    const pending = await front.phone.scan(readQrContent(text, [{ name: 'front server', base: front.base }]));
    if (pending.scene !== 'login') throw new Error('no login');
    expect(pending.origin).toBe(fieldOrigin);
    await front.phone.confirm(pending, testSubscriber(world.authority).credential);
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId, origin: fieldOrigin } });
  });

  it('ends a login within its bound when the front server cannot be reached', async () => {
    await setPolicy({ frontServers: { 'yue-qi-qian': 'https://front-server.example/relay/v1' } });
    const lab = await startStoreLab();
    const page = await lab.openSite();
    expect(await relayScenes(page)).toContainEqual({
      scene: 'login',
      driver: 'relay',
      platform: 'yue-qi-qian',
    });
    const report = await (await startLogin(page, { platform: 'yue-qi-qian' }))();
    expect(report).toMatchObject({ error: { code: 'FRONT_SERVER_UNREACHABLE', retry: true } });
    expect(report.milliseconds).toBeLessThan(timeLimits.preparation + 5_000);
  });

  it('offers the platforms that policy allows, and takes no other, whatever the site names', async () => {
    const frontServer = 'https://front-server.example/relay/v1';
    await setPolicy({
      platforms: ['yue-qi-qian'],
      frontServers: { 'yue-qi-qian': frontServer, 'zhongzhao-hulian': frontServer },
    });
    const lab = await startStoreLab();
    const page = await lab.openSite();
    const { scenes } = await capabilities(page);
    expect(new Set(scenes.map(({ platform }) => platform))).toEqual(new Set(['yue-qi-qian']));
    const report = await (await startLogin(page, { platform: 'zhongzhao-hulian' }))();
    expect(report).toMatchObject({ error: { code: 'PLATFORM_NOT_CONFIGURED' } });
  });

  it('takes nothing of a policy that breaks its schema, and names the problem', async () => {
    await setPolicy({
      sites: ['http://evil.example'],
      frontServers: { 'zhongzhao-hulian': 'https://front-server.example/relay/v1' },
    });
    const lab = await startStoreLab();
    const page = await lab.openSite();
    expect(await relayScenes(page)).toEqual([]);
    const report = await (await startLogin(page))();
    expect(report).toMatchObject({ error: { code: 'PLATFORM_NOT_CONFIGURED' } });
    const popup = await lab.browser.openPage(popupPage);
    const notice = popup.getByRole('alert');
    await notice.waitFor();
    const words = await notice.innerText();
    expect(words).toContain(errorCatalogue.POLICY_INVALID.text['zh-CN'].title);
    expect(words).toContain('sites.0');
    await takeScreenshot(popup, 'popup policy problem');
  });

  it('serves as before once the policy is gone, at the next start of the browser', async () => {
    const policy = await setPolicy({
      frontServers: { 'zhongzhao-hulian': 'https://front-server.example/relay/v1' },
    });
    await policy.remove();
    const lab = await startStoreLab();
    expect(await relayScenes(await lab.openSite())).toEqual([]);
  });
});
