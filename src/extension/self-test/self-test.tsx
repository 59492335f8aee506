import { mountPage } from '../ui/mount-page.tsx';
import { SelfTestPage } from './self-test-page.tsx';

mountPage((client) => <SelfTestPage client={client} />);
