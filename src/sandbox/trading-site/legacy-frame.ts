import { tellParent } from './legacy-place.ts';
import { openLegacyQr } from './legacy-qr-panel.ts';
import { readLegacyQuery } from './legacy-query.ts';

const query = readLegacyQuery(location.search, 'page');
document.getElementById('frame')?.append(openLegacyQr(query.scene, query, tellParent).element);
