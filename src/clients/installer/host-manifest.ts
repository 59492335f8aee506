import { extensionIds } from '../../protocol/extension-ids.ts';
import { nativeHostNames, type ClientKind } from '../../protocol/native-messages.ts';

/** What the browser reads to find a client (developer.chrome.com/docs/extensions/develop/concepts/native-messaging). */
export interface HostManifest {
  readonly name: string;
  readonly description: string;
  /** Absolute path of the executable. */
  readonly path: string;
  readonly type: 'stdio';
  readonly allowed_origins: readonly string[];
}

const descriptions: Readonly<Record<ClientKind, string>> = {
  signature: 'CA Bridge signature client (CA互认桥 签章客户端)',
  encryption: 'CA Bridge encryption client (CA互认桥 加密客户端)',
};

/** The manifest that registers a client, startable at `launcher` (absolute path), for our extension alone. */
export function createHostManifest(kind: ClientKind, launcher: string): HostManifest {
  return {
    name: nativeHostNames[kind],
    description: descriptions[kind],
    path: launcher,
    type: 'stdio',
    allowed_origins: extensionIds.map((id) => `chrome-extension://${id}/`),
  };
}

/** Name of the manifest's file in the browser's `NativeMessagingHosts` folder. */
export function hostManifestFileName(kind: ClientKind): string {
  return `${nativeHostNames[kind]}.json`;
}

/** The manifest as the text of its file. */
export function hostManifestText(kind: ClientKind, launcher: string): string {
  return `${JSON.stringify(createHostManifest(kind, launcher), null, 2)}\n`;
}
