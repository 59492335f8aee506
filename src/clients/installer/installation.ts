import { posix, win32 } from 'node:path';
import { nativeHostNames, type ClientKind } from '../../protocol/native-messages.ts';
import { browsers, type BrowserId, type Scope } from './browsers.ts';
import { hostManifestFileName } from './host-manifest.ts';
import { InstallerError } from './installer-error.ts';

export type InstallerPlatform = 'linux' | 'windows';

/** What decides where things lie. */
export interface Surroundings {
  /** As `process.platform`. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Linux: stands for `/` in front of the machine's folders. */
  readonly systemRoot: string;
}

/** One scope of one machine: where the browsers look, and where our own files lie. All paths absolute. */
export interface Installation {
  readonly scope: Scope;
  readonly platform: InstallerPlatform;
  /** Holds the install record, and the launchers (Linux) or manifests (Windows). */
  readonly dataFolder: string;
  /** Linux: the `native-messaging` folder of each browser. Windows: its registry key. */
  readonly browserPlaces: Readonly<Record<BrowserId, string>>;
}

/**
 * Finds the places of a scope.
 *
 * On Linux a browser's user-data folder is below `CHROME_CONFIG_HOME`, else `XDG_CONFIG_HOME`, else `~/.config`
 * (Chromium's chrome_paths_linux.cc). A relative path in a variable is ignored, as the XDG specification demands.
 * @throws InstallerError `homeUnknown`, `platformUnknown`
 */
export function findInstallation(scope: Scope, surroundings: Surroundings): Installation {
  if (surroundings.platform === 'linux') return linuxInstallation(scope, surroundings);
  if (surroundings.platform === 'win32') return windowsInstallation(scope, surroundings);
  throw new InstallerError('platformUnknown', surroundings.platform);
}

/** Where the browser finds a client: the manifest's file (Linux) or the registry key (Windows). */
export function browserEntry(installation: Installation, browser: BrowserId, client: ClientKind): string {
  const place = installation.browserPlaces[browser];
  return installation.platform === 'windows'
    ? `${place}\\${nativeHostNames[client]}`
    : posix.join(place, hostManifestFileName(client));
}

function linuxInstallation(scope: Scope, { env, systemRoot }: Surroundings): Installation {
  const folder = (name: string) => {
    const value = env[name];
    return value !== undefined && posix.isAbsolute(value) ? value : undefined;
  };
  const home = (...rest: string[]) => {
    const found = folder('HOME');
    if (found === undefined) throw new InstallerError('homeUnknown', 'HOME');
    return posix.join(found, ...rest);
  };
  if (scope === 'machine') {
    return {
      scope,
      platform: 'linux',
      dataFolder: posix.join(systemRoot, '/usr/local/lib/ca-bridge'),
      browserPlaces: forEachBrowser(({ machineFolder }) =>
        posix.join(systemRoot, machineFolder, 'native-messaging-hosts'),
      ),
    };
  }
  const configuration = folder('CHROME_CONFIG_HOME') ?? folder('XDG_CONFIG_HOME') ?? home('.config');
  return {
    scope,
    platform: 'linux',
    dataFolder: posix.join(folder('XDG_DATA_HOME') ?? home('.local/share'), 'ca-bridge'),
    browserPlaces: forEachBrowser(({ userFolder }) =>
      posix.join(configuration, userFolder, 'NativeMessagingHosts'),
    ),
  };
}

function windowsInstallation(scope: Scope, { env }: Surroundings): Installation {
  // Program Files, not ProgramData: there, every user may add files.
  const variable = scope === 'user' ? 'LOCALAPPDATA' : 'ProgramFiles';
  const folder = env[variable];
  if (folder === undefined || !win32.isAbsolute(folder)) throw new InstallerError('homeUnknown', variable);
  const root = scope === 'user' ? 'HKCU' : 'HKLM';
  return {
    scope,
    platform: 'windows',
    dataFolder: win32.join(folder, 'CA Bridge'),
    browserPlaces: forEachBrowser(({ registryKey }) => `${root}\\${registryKey}\\NativeMessagingHosts`),
  };
}

function forEachBrowser(
  placeOf: (browser: (typeof browsers)[BrowserId]) => string,
): Record<BrowserId, string> {
  return {
    chrome: placeOf(browsers.chrome),
    edge: placeOf(browsers.edge),
    chromium: placeOf(browsers.chromium),
  };
}
