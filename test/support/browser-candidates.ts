import { readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { findInPath, isExecutable } from './ensure-browser-packages.ts';
import { runCommand } from './run-command.ts';

export type BrowserKind = 'chromium' | 'chrome' | 'edge';

/** A browser on this machine. */
export interface InstalledBrowser {
  /** Absolute path of the executable. */
  readonly path: string;
  readonly kind: BrowserKind;
  /** Four numbers, as `156.0.8078.79`. */
  readonly version: string;
}

/** Chromium first: it takes `--load-extension`, as branded builds no longer do. */
const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const windowsFiles = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Executables of Chromium, Chrome and Edge in the usual places, the preferred one first. */
export function findBrowsers(): string[] {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')];
    return macApplications
      .flatMap((name) => folders.map((folder) => join(folder, `${name}.app/Contents/MacOS/${name}`)))
      .filter(isExecutable);
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => process.env[name] ?? [],
    );
    return windowsFiles.flatMap((file) => roots.map((root) => join(root, file))).filter(isExecutable);
  }
  return linuxNames.flatMap((name) => findInPath(name) ?? []);
}

/** True for a browser in a snap: it cannot start native clients that lie outside of the snap. */
export function isSnap(path: string): boolean {
  const real = realpathSync(path);
  if (path.startsWith('/snap/') || real.startsWith('/snap/') || basename(real) === 'snap') return true;
  // Ubuntu's chromium-browser is a shell script that hands over to the snap.
  return statSync(real).size < 10_000 && readFileSync(real, 'utf8').includes('/snap/bin/');
}

/**
 * Asks an executable which browser it is.
 * @throws Error when it does not answer as one of Chromium, Chrome and Edge does.
 */
export async function identifyBrowser(path: string): Promise<InstalledBrowser> {
  const answer = process.platform === 'win32' ? await windowsVersion(path) : await printedVersion(path);
  const version = /\d+(?:\.\d+){3}/.exec(answer)?.[0];
  if (version === undefined) throw new Error(`${path} does not tell its version: ${answer.trim()}`);
  return { path, kind: kindOf(answer), version };
}

function kindOf(answer: string): BrowserKind {
  if (/edge/i.test(answer)) return 'edge';
  return /google chrome/i.test(answer) ? 'chrome' : 'chromium';
}

async function printedVersion(path: string): Promise<string> {
  return (await runCommand(path, ['--version'])).toString('utf8');
}

/** On Windows `--version` opens a window, so the file's own version resource is read. */
async function windowsVersion(path: string): Promise<string> {
  const script =
    '$v = (Get-Item -LiteralPath $env:BROWSER).VersionInfo; "$($v.ProductName) $($v.ProductVersion)"';
  const shell = await runCommand('powershell.exe', ['-NoProfile', '-Command', script], {
    env: { BROWSER: path },
  });
  return shell.toString('utf8');
}
