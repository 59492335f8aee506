import { mountPage } from '../ui/mount-page.tsx';
import { PromptWindow } from './prompt-window.tsx';

const sessionId = new URLSearchParams(location.search).get('session') ?? '';

mountPage((client) => <PromptWindow sessionId={sessionId} client={client} close={() => window.close()} />);
