import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowsers, identifyBrowser, isSnap, type InstalledBrowser } from './browser-candidates.ts';
import {
  canInstallPackages,
  findInPath,
  installPackages,
  isExecutable,
  isRealPackage,
  updatePackageLists,
} from './ensure-browser-packages.ts';
import { tryCommand } from './run-command.ts';

export type { BrowserKind, InstalledBrowser } from './browser-candidates.ts';

const chooseYourself = 'or set CA_BRIDGE_BROWSER to the executable of a Chromium, Chrome or Edge';

/**
 * The browser that the tests use: `CA_BRIDGE_BROWSER` if set, else an installed Chromium, Chrome or Edge, else
 * Debian's Chromium, installed now where that needs no password. Sees to a font with Chinese characters and to
 * Debian's translations of Chromium in the same way.
 * @throws Error that says what is missing and what to type.
 */
export function ensureBrowser(): Promise<InstalledBrowser> {
  found ??= findOrInstall();
  return found;
}

let found: Promise<InstalledBrowser> | undefined;

async function findOrInstall(): Promise<InstalledBrowser> {
  const browser = await identifyBrowser(chosenBrowser() ?? installedBrowser() ?? (await installBrowser()));
  await ensureExtras(browser);
  return browser;
}

function chosenBrowser(): string | undefined {
  const path = process.env['CA_BRIDGE_BROWSER'];
  if (path === undefined || path === '') return undefined;
  if (!isExecutable(path)) throw new Error(`CA_BRIDGE_BROWSER is ${path}, which is no executable file`);
  if (isSnap(path)) throw new Error(`CA_BRIDGE_BROWSER is ${path}: ${snapReason}`);
  return path;
}

function installedBrowser(): string | undefined {
  return findBrowsers().find((path) => !isSnap(path));
}

const snapReason = 'a browser from a snap cannot start native clients outside of the snap';

async function installBrowser(): Promise<string> {
  const snap = findBrowsers().find(isSnap);
  const missing =
    snap === undefined ? 'No Chromium, Chrome or Edge is installed' : `${snap} is no use: ${snapReason}`;
  if (!(await canInstallPackages())) throw new Error(`${missing}. ${whatToType()}`);
  console.log(`${missing}.`);
  await updatePackageLists();
  if (!(await isRealPackage('chromium'))) throw new Error(`${missing}. ${whatToType()}`);
  await installPackages('chromium', 'chromium-l10n', 'fonts-noto-cjk');
  const path = installedBrowser();
  if (path === undefined)
    throw new Error(`apt-get installed chromium, but it is not in PATH; ${chooseYourself}`);
  return path;
}

function whatToType(): string {
  if (process.platform === 'darwin') return `Type: brew install --cask chromium; ${chooseYourself}.`;
  if (process.platform === 'win32') return `Type: winget install Google.Chrome; ${chooseYourself}.`;
  if (findInPath('apt-get') === undefined) {
    return `Install chromium with your system's package manager, ${chooseYourself}.`;
  }
  return (
    'Type: sudo apt-get update && sudo apt-get install chromium chromium-l10n fonts-noto-cjk ' +
    '(on Ubuntu, whose chromium is a snap: install Google Chrome from https://www.google.com/chrome); ' +
    `${chooseYourself}.`
  );
}

/** What a browser needs to show the Chinese pages as a user sees them; without it tests still run. */
async function ensureExtras(browser: InstalledBrowser): Promise<void> {
  if (process.platform !== 'linux') return;
  const missing = [
    ...((await hasChineseFont()) ? [] : ['fonts-noto-cjk']),
    ...(lacksTranslations(browser) ? ['chromium-l10n'] : []),
  ];
  if (missing.length === 0) return;
  if (!(await canInstallPackages())) {
    console.warn(`Chinese pages will look wrong. Type: sudo apt-get install ${missing.join(' ')}`);
    return;
  }
  await updatePackageLists();
  await installPackages(...missing);
}

async function hasChineseFont(): Promise<boolean> {
  const list = findInPath('fc-list');
  if (list === undefined) return false;
  const { stdout } = await tryCommand(list, [':lang=zh-cn', 'family']);
  return stdout.length > 0;
}

/** Debian keeps Chromium's translations in a package of their own. */
function lacksTranslations({ path }: InstalledBrowser): boolean {
  const locales = join(dirname(dirname(path)), 'lib/chromium/locales');
  return existsSync(join(locales, 'en-US.pak')) && !existsSync(join(locales, 'zh-CN.pak'));
}
