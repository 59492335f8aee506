import { openLegacyPrompt, type LegacyPrompt } from './legacy-place.ts';
import { readLegacyQuery } from './legacy-query.ts';

const query = readLegacyQuery(location.search, 'page');
const entries = document.getElementById('entries');
let prompt: LegacyPrompt | undefined;

document.getElementById('ca-entry')?.addEventListener('click', () => {
  if (entries !== null && query.place === 'page') entries.hidden = true;
  prompt?.close();
  prompt = openLegacyPrompt('login', query, () => location.assign('/shell.html'));
});
