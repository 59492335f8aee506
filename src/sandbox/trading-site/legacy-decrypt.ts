import { openLegacyPrompt, type LegacyPrompt } from './legacy-place.ts';
import { readLegacyQuery } from './legacy-query.ts';

const query = readLegacyQuery(location.search, 'tab');
const slot = document.getElementById('slot');
const outcome = document.getElementById('outcome');
let prompt: LegacyPrompt | undefined;

/** One hour from now, as the bid-opening hall writes times: in Beijing's. */
function usualOpening(): string {
  const time = new Date(Date.now() + 3_600_000);
  return time.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
}

const opening = document.getElementById('opening-time');
if (opening !== null) opening.textContent = query.opening ?? usualOpening();

document.getElementById('start-decrypt')?.addEventListener('click', () => {
  prompt?.close();
  prompt = openLegacyPrompt('decrypt', query, () => {
    if (outcome !== null) outcome.textContent = '手机已授权，正在解密';
  });
});

// Its QR stays in the document, as in many systems, and is only not shown any more.
document.getElementById('next-step')?.addEventListener('click', () => {
  if (slot !== null) slot.hidden = true;
  if (outcome !== null) outcome.textContent = '唱标环节';
});
