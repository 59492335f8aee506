import { mountPage } from '../ui/mount-page.tsx';
import { VerificationPage } from './verification-page.tsx';

mountPage((client) => <VerificationPage client={client} />);
