import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

export interface UserSystem {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where the user's programs of this system keep logs: `ca-bridge` in the XDG state folder, in the local application data of Windows, or `~/Library/Logs/CA Bridge`. */
export function logFolder(
  { platform, environment, home }: UserSystem = {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
  },
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Logs', 'CA Bridge');
  if (platform === 'win32') {
    return join(absolute(environment['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'CA Bridge', 'Logs');
  }
  // The XDG base directory specification ignores relative paths.
  return join(absolute(environment['XDG_STATE_HOME']) ?? join(home, '.local', 'state'), 'ca-bridge');
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
