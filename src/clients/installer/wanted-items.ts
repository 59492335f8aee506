import { join } from 'node:path';
import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import type { BrowserId } from './browsers.ts';
import type { ClientPrograms } from './client-programs.ts';
import { hostManifestFileName, hostManifestText } from './host-manifest.ts';
import type { RecordedItem } from './install-record.ts';
import { browserEntry, type Installation } from './installation.ts';
import { createLauncherScript, launcherFileName } from './launcher-script.ts';
import type { StoredContent } from './store.ts';

/** A file or registry value that a registration consists of. */
export interface WantedItem extends Omit<RecordedItem, 'digests'> {
  readonly value: StoredContent;
}

/** All items of a registration; those that serve every browser come before what refers to them. */
export function wantedItems(
  installation: Installation,
  programs: ClientPrograms,
  browsers: readonly BrowserId[],
): WantedItem[] {
  return clientKinds.flatMap((client) =>
    installation.platform === 'windows'
      ? windowsItems(installation, programs, browsers, client)
      : linuxItems(installation, programs, browsers, client),
  );
}

/** A launcher where the client needs one, and a manifest for each browser. */
function linuxItems(
  installation: Installation,
  programs: ClientPrograms,
  browsers: readonly BrowserId[],
  client: ClientKind,
): WantedItem[] {
  const program = programs[client];
  const items: WantedItem[] = [];
  let start: string;
  if ('executable' in program) {
    start = program.executable;
  } else {
    start = join(installation.dataFolder, launcherFileName(client));
    const { node, script } = program;
    const value = textValue(createLauncherScript(node, script), true);
    items.push({ store: 'file', id: start, client, browser: null, requires: [node, script], value });
  }
  const value = textValue(hostManifestText(client, start));
  for (const browser of browsers) {
    const id = browserEntry(installation, browser, client);
    items.push({ store: 'file', id, client, browser, requires: [], value });
  }
  return items;
}

/** One manifest, and a registry value for each browser. */
function windowsItems(
  installation: Installation,
  programs: ClientPrograms,
  browsers: readonly BrowserId[],
  client: ClientKind,
): WantedItem[] {
  const program = programs[client];
  const start = 'executable' in program ? program.executable : program.script;
  const manifest = join(installation.dataFolder, hostManifestFileName(client));
  const text = textValue(hostManifestText(client, start));
  const value = textValue(manifest);
  return [
    { store: 'file', id: manifest, client, browser: null, requires: [], value: text },
    ...browsers.map((browser): WantedItem => {
      const id = browserEntry(installation, browser, client);
      return { store: 'key', id, client, browser, requires: [], value };
    }),
  ];
}

const textValue = (text: string, executable = false): StoredContent => ({
  content: Buffer.from(text),
  executable,
});
