import { tmpdir } from 'node:os';
import { createClientFiles } from '../../../../src/clients/runtime/files/client-files.ts';
import { createPrivateFolder } from '../../../../src/clients/runtime/files/private-folder.ts';
import { silentLog } from '../../../../src/clients/runtime/log.ts';
import type { MethodHandlers } from '../../../../src/clients/runtime/method-handlers.ts';
import type { ServedClient } from '../../../../src/clients/runtime/serve-client.ts';
import type { ClientKind } from '../../../../src/protocol/native-messages.ts';

/** A client that keeps no log and makes its folder when it gets a file. */
export function servedClient(kind: ClientKind, handlers: MethodHandlers): ServedClient {
  const files = createClientFiles({ folder: createPrivateFolder(tmpdir()) });
  return { identity: { kind, version: '1.0.0' }, handlers, files, log: silentLog };
}
