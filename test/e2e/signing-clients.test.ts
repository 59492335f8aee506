import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hostManifestFileName } from '../../src/clients/installer/host-manifest.ts';
import { launcherFileName } from '../../src/clients/installer/launcher-script.ts';
import { registerClients } from '../../src/clients/installer/register-in-profile.ts';
import { timeLimits } from '../../src/protocol/limits.ts';
import { blockLane } from '../support/block-lane.ts';
import { clientLog, signatureClients } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { startMessage, startSigning, type Signing } from '../support/signing-calls.ts';

let lab: Lab;
let bigFile: string;
beforeAll(async () => {
  lab = await startLab();
  bigFile = join(lab.browser.profileFolder, 'big.bin');
  await writeFile(bigFile, bigContent());
});
afterEach(async () => {
  const { profileFolder } = lab.browser;
  await registerClients({
    profileFolder,
    clientsFolder: projectPath('dist/clients'),
    nodePath: process.execPath,
  });
  await closePages(lab);
});
afterAll(() => lab.close());

/** 8 MB in which no two chunks are alike. */
function bigContent(): Buffer {
  const content = Buffer.alloc(8_000_000);
  for (let offset = 0; offset < content.length; offset += 4) content.writeUInt32LE(offset, offset);
  return content;
}

/** Has a file of the disk signed, attached, and gives the message. */
async function signBigFile(): Promise<Buffer> {
  const page = await lab.openSite();
  await page.evaluate(`document.body.innerHTML = '<input type=file>'`);
  await page.locator('input').setInputFiles(bigFile);
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.signMessage({ file: document.querySelector('input').files[0], form: 'attached',
      platform: 'zhongzhao-hulian' }, options)`,
  );
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  await lab.signOnPhone(await lab.scanToSign(prompt));
  const { error, files } = await report();
  expect(error).toBeUndefined();
  return Buffer.from(files[0]?.bytes ?? []);
}

/** The transfers over the loopback lane since the log had `from` lines. */
async function transfers(from: number) {
  return (await clientLog(lab.browser)).slice(from).filter(({ event }) => event === 'transferEnded');
}

describe('the bytes of a document', () => {
  it('go to the client and come back over the loopback lane', async () => {
    const before = (await clientLog(lab.browser)).length;
    const message = await signBigFile();
    expect(message.includes(bigContent())).toBe(true);
    expect(await transfers(before)).toMatchObject([
      { direction: 'upload', outcome: 'done', bytes: 8_000_000 },
      { direction: 'download', outcome: 'done', bytes: message.length },
    ]);
  });

  it('go over the native port, both ways, where the lane is blocked', async () => {
    const before = (await clientLog(lab.browser)).length;
    await lab.browser.worker();
    const unblock = await blockLane(lab.browser);
    try {
      const message = await signBigFile();
      expect(message.includes(bigContent())).toBe(true);
      expect(await transfers(before)).toEqual([]);
    } finally {
      await unblock();
    }
  });
});

const hosts = () => join(lab.browser.profileFolder, 'NativeMessagingHosts');
const replaceProgram = (script: string) =>
  writeFile(join(hosts(), launcherFileName('signature')), `#!/bin/sh\n${script}\n`);

/** The page's code; the window shows the remedy, nobody has been asked to scan, and no process stays. */
async function endOf({ prompt, report }: Signing, remedy: string) {
  const opened = lab.world.gateway.sessions().length;
  const { error, files } = await report();
  expect(files).toEqual([]);
  await untilState(prompt, 'failed');
  await prompt.getByText(remedy).first().waitFor();
  await takeScreenshot(prompt, `signing ${error?.code}`);
  expect(lab.world.gateway.sessions()).toHaveLength(opened);
  await expect.poll(() => signatureClients(lab.browser), { timeout: 5_000 }).toEqual([]);
  return error?.code;
}

describe('a request to sign ends at once, and the window says what to do,', () => {
  it('where no client is installed', async () => {
    await rm(join(hosts(), hostManifestFileName('signature')));
    const start = performance.now();
    expect(await endOf(await startMessage(lab), '请安装或修复客户端后重新检测。')).toBe('CLIENT_NOT_FOUND');
    expect(performance.now() - start).toBeLessThan(timeLimits.clientHello);
  });

  it('where the client exits at once', async () => {
    await replaceProgram('exit 0');
    expect(await endOf(await startMessage(lab), '请修复安装；仍不行请导出诊断报告联系客服。')).toBe(
      'CLIENT_EXITED',
    );
  });

  it('where the client crashes as soon as it is greeted', async () => {
    await replaceProgram('head -c 4 > /dev/null; kill -SEGV $$');
    expect(await endOf(await startMessage(lab), '请修复安装；仍不行请导出诊断报告联系客服。')).toBe(
      'CLIENT_EXITED',
    );
  });

  it('where the client says what is no message', async () => {
    await replaceProgram('echo "Welcome to the signature client"; exec sleep 987');
    expect(await endOf(await startMessage(lab), '请重新安装客户端。')).toBe('CLIENT_PROTOCOL');
  });

  it('where the client hangs, within the stated bound', async () => {
    await replaceProgram('exec sleep 987');
    const start = performance.now();
    expect(await endOf(await startMessage(lab), '请重试；仍不行请重启浏览器。')).toBe('CLIENT_TIMEOUT');
    expect(performance.now() - start).toBeGreaterThan(timeLimits.clientHello - 100);
  });
});

it('a client that appears between two requests is found', async () => {
  await rm(join(hosts(), hostManifestFileName('signature')));
  const { prompt, report } = await startMessage(lab);
  expect(await report()).toMatchObject({ error: { code: 'CLIENT_NOT_FOUND' } });
  await prompt.close();
  await registerClients({
    profileFolder: lab.browser.profileFolder,
    clientsFolder: projectPath('dist/clients'),
    nodePath: process.execPath,
  });
  const again = await startMessage(lab);
  await untilState(again.prompt, 'awaitingScan');
});
