import { mountPage } from '../ui/mount-page.tsx';
import { ToolbarPopup } from './toolbar-popup.tsx';

mountPage((client) => <ToolbarPopup client={client} />);
