import { readFileSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hostManifestFileName } from '../../src/clients/installer/host-manifest.ts';
import { clientFileName, createLauncherScript } from '../../src/clients/installer/launcher-script.ts';
import { registerClients } from '../../src/clients/installer/register-in-profile.ts';
import { clientVersion } from '../../src/clients/runtime/client-version.ts';
import { timeLimits } from '../../src/protocol/limits.ts';
import { nativeHostNames, nativeProtocolVersion } from '../../src/protocol/native-messages.ts';
import type { ClientStatus } from '../../src/protocol/ui-messages.ts';
import { processesOfSession } from '../support/browser-processes.ts';
import { startLab, type Lab } from '../support/lab.ts';
import { projectPath } from '../support/project-paths.ts';

const clientsFolder = projectPath('dist/clients');

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await startLab();
  page = await lab.browser.openPage('src/extension/popup/popup.html');
});
// The browser reads manifest and launcher at each start of a client: one browser serves all cases.
afterEach(async () => {
  const { profileFolder } = lab.browser;
  await registerClients({ profileFolder, clientsFolder, nodePath: process.execPath });
});
afterAll(() => lab.close());

const hostsFolder = () => join(lab.browser.profileFolder, 'NativeMessagingHosts');
const manifest = () => join(hostsFolder(), hostManifestFileName('signature'));
const launcher = () => join(hostsFolder(), 'ca-bridge-signature.sh');

function checkClients(): Promise<ClientStatus[]> {
  return page.evaluate(() => chrome.runtime.sendMessage({ command: 'checkClients' }));
}

const found = (kind: string) => ({ kind, found: true, version: clientVersion });

/** The verdict on the signature client; the encryption client next to it must be found all the same. */
async function verdict(): Promise<unknown> {
  const [signature, encryption] = await checkClients();
  expect(encryption).toEqual(found('encryption'));
  return signature?.found === false ? signature.error.code : signature;
}

/** Puts a shell program in the signature client's place. */
const replaceProgram = (script: string) => writeFile(launcher(), `#!/bin/sh\n${script}\n`);

/** Puts a program in its place that answers with `result`, whatever it is asked. */
async function replaceByAnswer(result: object): Promise<void> {
  const program = join(hostsFolder(), 'answer.cjs');
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, result });
  await writeFile(
    program,
    `const body = Buffer.from(${JSON.stringify(body)});
    const header = Buffer.alloc(4);
    header.writeUInt32LE(body.length);
    process.stdout.write(Buffer.concat([header, body]));
    process.stdin.resume();`,
  );
  await writeFile(launcher(), createLauncherScript(process.execPath, program));
}

/** Command lines of the living clients and whatever stands in their place. */
function programs(browserProcess: number): string[] {
  return processesOfSession(browserProcess)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => /-client\.cjs|sleep 987/.test(line));
}

it('both clients are found with their version, and leave no process behind', async () => {
  expect(await checkClients()).toEqual([found('signature'), found('encryption')]);
  await expect.poll(() => programs(lab.browser.processId), { timeout: 5_000 }).toEqual([]);
});

describe('a fault of the registration is told by its code', () => {
  it('no manifest', async () => {
    await rm(manifest());
    expect(await verdict()).toBe('CLIENT_NOT_FOUND');
  });

  it('a manifest that is no JSON', async () => {
    await writeFile(manifest(), '{');
    expect(await verdict()).toBe('CLIENT_NOT_FOUND');
  });

  it('a manifest for another extension', async () => {
    const content = JSON.parse(await readFile(manifest(), 'utf8')) as object;
    const allowed_origins = [`chrome-extension://${'a'.repeat(32)}/`];
    await writeFile(manifest(), JSON.stringify({ ...content, allowed_origins }));
    expect(await verdict()).toBe('CLIENT_FORBIDDEN');
  });

  it('a launcher that is not executable', async () => {
    await chmod(launcher(), 0o644);
    expect(await verdict()).toBe('CLIENT_EXITED');
  });
});

describe('a program is told by its code', () => {
  it('that exits at once', async () => {
    await replaceProgram('exit 0');
    expect(await verdict()).toBe('CLIENT_EXITED');
  });

  it('that crashes', async () => {
    await replaceProgram('kill -SEGV $$');
    expect(await verdict()).toBe('CLIENT_EXITED');
  });

  it('whose script is missing', async () => {
    await writeFile(launcher(), createLauncherScript(process.execPath, join(hostsFolder(), 'missing.cjs')));
    expect(await verdict()).toBe('CLIENT_EXITED');
  });

  it('that prints text without frames', async () => {
    await replaceProgram('echo "Welcome to the signature client"; exec sleep 987');
    expect(await verdict()).toBe('CLIENT_PROTOCOL');
  });

  it('that hangs, and is given up within the stated bound and killed', async () => {
    await replaceProgram('exec sleep 987');
    const start = performance.now();
    expect(await verdict()).toBe('CLIENT_TIMEOUT');
    const elapsed = performance.now() - start;
    expect(elapsed).toBeGreaterThan(timeLimits.clientHello - 100);
    expect(elapsed).toBeLessThan(timeLimits.clientHello + 2_000);
    await expect.poll(() => programs(lab.browser.processId), { timeout: 10_000 }).toEqual([]);
  });

  it('that is the other client', async () => {
    const other = join(clientsFolder, clientFileName('encryption'));
    await writeFile(launcher(), createLauncherScript(process.execPath, other));
    expect(await verdict()).toBe('CLIENT_PROTOCOL');
  });

  it('that speaks another protocol version', async () => {
    await replaceByAnswer({
      protocol: nativeProtocolVersion + 1,
      kind: 'signature',
      version: clientVersion,
      capabilities: [],
    });
    expect(await verdict()).toBe('CLIENT_PROTOCOL');
  });

  it('that says more than hello allows', async () => {
    await replaceByAnswer({
      protocol: nativeProtocolVersion,
      kind: 'signature',
      version: clientVersion,
      capabilities: [],
      surplus: true,
    });
    expect(await verdict()).toBe('CLIENT_PROTOCOL');
  });
});

it('no client outlives its browser, whose end alone tells it', async () => {
  const other = await startLab();
  try {
    const { browser } = other;
    const holder = await browser.openPage('src/extension/popup/popup.html');
    await holder.getByText(`已安装，版本 ${clientVersion}`).first().waitFor();
    await expect.poll(() => programs(browser.processId), { timeout: 5_000 }).toEqual([]);
    await holder.evaluate((name) => {
      Object.assign(globalThis, { port: chrome.runtime.connectNative(name) });
    }, nativeHostNames.signature);
    await expect.poll(() => programs(browser.processId)).toHaveLength(1);
    await browser.context.close();
    // Not `browser.close`: that one would kill what stays.
    await expect.poll(() => programs(browser.processId), { timeout: 3_000 }).toEqual([]);
  } finally {
    await other.close();
  }
  expect(processesOfSession(other.browser.processId)).toEqual([]);
});
