import { openLegacyPrompt, type LegacyPrompt } from './legacy-place.ts';
import { readLegacyQuery } from './legacy-query.ts';
import { isLegacyScene, legacyScenes } from './legacy-scenes.ts';

const query = readLegacyQuery(location.search, 'dialog');
const outcome = document.getElementById('outcome');
let prompt: LegacyPrompt | undefined;

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-scene]')) {
  button.addEventListener('click', () => {
    const { scene } = button.dataset;
    if (!isLegacyScene(scene)) return;
    prompt?.close();
    prompt = openLegacyPrompt(scene, query, () => {
      if (outcome !== null) outcome.textContent = `${legacyScenes[scene].title}：手机已响应，正在处理`;
    });
  });
}

// A single-page system changes its address and its view, and loads nothing.
document.getElementById('back-to-list')?.addEventListener('click', () => {
  prompt?.close();
  document.getElementById('slot')?.replaceChildren();
  history.pushState(null, '', `${location.pathname}${location.search}#list`);
});
