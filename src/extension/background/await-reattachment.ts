import { timeLimits } from '../../protocol/limits.ts';
import type { PageConnections } from './page/page-connections.ts';
import { abandon } from './page/page-port.ts';
import { windowExists } from './runners/prompt-window.ts';
import type { SessionService } from './sessions/session-service.ts';

/**
 * Sessions of an earlier worker whose page does not come back in time end: nobody is left to answer. Windows that
 * a restart of the browser took away are forgotten.
 */
export function awaitReattachment(service: SessionService, pages: PageConnections): void {
  const restored = service.all();
  if (restored.length === 0) return;
  setTimeout(async () => {
    const orphans = restored.filter(({ asker }) => !pages.has(asker.documentId));
    await abandon(service, orphans);
    for (const { id, windowId } of orphans) {
      if (windowId !== undefined && !(await windowExists(windowId))) {
        await service.dispatch(id, { type: 'windowChanged', windowId: undefined });
      }
    }
  }, timeLimits.reattachment);
}
