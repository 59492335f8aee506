import { failedEvent } from './failed-event.ts';
import type { ClientFiles } from './files/client-files.ts';
import type { PrivateFolder } from './files/private-folder.ts';
import type { Log } from './log.ts';
import type { Workspace } from './rpc-server.ts';

/** The private folder of this process as the extension sees it. What cannot be taken over is as good as not there. */
export function createWorkspace(
  folder: Pick<PrivateFolder, 'token'>,
  files: Pick<ClientFiles, 'adopt'>,
  log: Log,
): Workspace {
  return {
    token: folder.token,
    async adopt(token) {
      try {
        const adopted = await files.adopt(token);
        log.write({ event: 'adopted', files: adopted.length });
        return adopted.map(({ file, size, sm3 }) => ({ file, size, sm3 }));
      } catch (error) {
        log.write(failedEvent(error));
        return [];
      }
    },
  };
}
