import { mountPage } from '../ui/mount-page.tsx';
import { DirectoryPage } from './directory-page.tsx';

mountPage((client) => <DirectoryPage client={client} />);
