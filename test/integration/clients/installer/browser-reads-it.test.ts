import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { browsers } from '../../../../src/clients/installer/browsers.ts';
import { clientVersion } from '../../../../src/clients/runtime/client-version.ts';
import { clientKinds } from '../../../../src/protocol/native-messages.ts';
import { controlExtension } from '../../../support/browser-extension.ts';
import { startBrowser } from '../../../support/browser-start.ts';
import { ensureBrowser } from '../../../support/ensure-browser.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { tryCommand } from '../../../support/run-command.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { installProgram, type InstalledProgram } from './installed-program.ts';

let program: InstalledProgram;
beforeAll(async () => {
  program = await installProgram();
});
afterAll(() => program.remove());

describe('the browser keeps its user data where we look', () => {
  test.each([
    ['in ~/.config', '.config', () => ({})],
    ['in XDG_CONFIG_HOME', 'xdg', (home: string) => ({ XDG_CONFIG_HOME: join(home, 'xdg') })],
    [
      'in CHROME_CONFIG_HOME rather than XDG_CONFIG_HOME',
      'own',
      (home: string) => ({ XDG_CONFIG_HOME: join(home, 'xdg'), CHROME_CONFIG_HOME: join(home, 'own') }),
    ],
  ])('%s', async (_, folder, env) => {
    const { path, kind } = await ensureBrowser();
    const home = await createTemporaryFolder();
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', 'about:blank'];
    await tryCommand(path, args, { env: { HOME: home.path, ...env(home.path) } });
    expect(existsSync(join(home.path, folder, browsers[kind].userFolder))).toBe(true);
    await home.remove();
  });
});

it('a browser finds both clients that the program registered in its home, until they are unregistered', async () => {
  const browser = await ensureBrowser();
  const home = await program.makeHome('a home');
  const env = { HOME: home };
  expect(await program.run(['register', '--browser', browser.kind], env)).toMatchObject({ code: 0 });
  const profile = join(home, '.config', browsers[browser.kind].userFolder);
  const { context, cdp, extensionId, end } = await startBrowser(browser, profile, {
    extensionFolder: projectPath('dist/qa'),
  });
  try {
    const page = await controlExtension(context, cdp, extensionId).openPage('src/extension/popup/popup.html');
    const check = () => page.evaluate(() => chrome.runtime.sendMessage({ command: 'checkClients' }));
    expect(await check()).toEqual(clientKinds.map((kind) => ({ kind, found: true, version: clientVersion })));
    expect(await program.run(['unregister'], env)).toMatchObject({ code: 0 });
    expect(await check()).toMatchObject(
      clientKinds.map((kind) => ({ kind, found: false, error: { code: 'CLIENT_NOT_FOUND' } })),
    );
  } finally {
    await end();
  }
});
