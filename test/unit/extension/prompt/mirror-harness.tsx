import { vi } from 'vitest';
import type { MirrorView } from '../../../../src/protocol/mirror-view.ts';
import { MirrorWindow } from '../../../../src/extension/prompt/mirror-window.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { mirrorId } from '../ui/mirror-view.ts';
import { renderPage, settle } from '../ui/page-harness.tsx';
import { directoryEntries } from '../ui/settings-samples.ts';

/** The window of `id`, while pages show `mirrors`; whoever uses it mocks the browser. */
export async function openMirror(
  mirrors: readonly MirrorView[],
  id = mirrorId,
  locale: 'zh-CN' | 'en' = 'zh-CN',
) {
  const client = createMockBackgroundClient({ sessions: [], mirrors });
  client.answer('directory', directoryEntries);
  const close = vi.fn<() => void>();
  await renderPage(<MirrorWindow mirrorId={id} client={client} close={close} />, locale);
  for (let turn = 0; turn < 3; turn += 1) await settle();
  return { client, close };
}

export const showMirrors = (client: MockBackgroundClient, ...mirrors: MirrorView[]): Promise<void> =>
  settle(() => client.show({ sessions: [], mirrors }));
