import { mountPage } from '../ui/mount-page.tsx';
import { MirrorWindow } from './mirror-window.tsx';
import { PromptWindow } from './prompt-window.tsx';

const shown = new URLSearchParams(location.search);
const mirrorId = shown.get('mirror');
const close = (): void => window.close();

mountPage((client) =>
  mirrorId === null ? (
    <PromptWindow sessionId={shown.get('session') ?? ''} client={client} close={close} />
  ) : (
    <MirrorWindow mirrorId={mirrorId} client={client} close={close} />
  ),
);
