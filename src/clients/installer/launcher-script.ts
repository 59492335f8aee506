import type { ClientKind } from '../../protocol/native-messages.ts';

/** Name of a client's program among the built clients. */
export function clientFileName(kind: ClientKind): string {
  return `${kind}-client.cjs`;
}

/** Name of the script that starts a client, where one is needed. */
export function launcherFileName(kind: ClientKind): string {
  return `ca-bridge-${kind}.sh`;
}

/**
 * A POSIX shell script that becomes `node script` with the browser's arguments; a host manifest can name one file
 * only. Both paths absolute; any character may occur in them.
 */
export function createLauncherScript(node: string, script: string): string {
  return `#!/bin/sh\nexec ${shellWord(node)} ${shellWord(script)} "$@"\n`;
}

/** Between single quotes the shell changes nothing; a quote itself stands outside of them. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
