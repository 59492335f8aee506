import { climbToPrompt, type FoundPrompt } from './climb-to-prompt.ts';
import { foldText } from './fold-text.ts';
import { outwards, type PageBlocks } from './page-blocks.ts';
import type { PreparedRule } from './prepared-rules.ts';
import { mostPlaces, mostSentence } from './search-bounds.ts';
import { isShown, visibleText } from './visible-text.ts';

/** A page's furniture and its articles. */
export const furniture =
  'footer,nav,article,marquee,' +
  ['footer', 'copyright', 'faq', 'news', 'article']
    .map((name) => `[class*="${name}"],[id*="${name}"]`)
    .join();
/** No text of the page. */
const elsewhere = `${furniture},script,style,noscript,template,textarea,select,canvas,video,audio,iframe,svg,title`;

/** What the widgets of common libraries call their dialogs and messages. */
const dialog =
  'dialog,' +
  'dialog modal layui-layer messa window alert toast popup notification'
    .split(' ')
    .map((name) => `[role="${name}"],[class*="${name}"]`)
    .join();

/** What stands around an article. */
const article = /上一篇|下一篇|发布[时日]|浏览次|阅读次|点击数|[息章]来源|关于\S{2,40}的(?:公告|通[知告]|函)/;
/** Tells about prompts. */
const help =
  /常见问题|解答|答疑|解决[方办]法|处理方法|怎么[办处]|什么原因|[问答]\s*[:：]|(?:使用|操作|配置|办理|设置)(?:说明|指南|手册|流程)|第三步/;
const quoted = /[“"「]([^”"」]{2,40})[”"」]/g;

/** Written text around a prompt that still tells what kind of page it stands on. */
const section = 1_500;

/** The prompt without QR that the words of `element` are part of: short, seen, and not written about. */
export function promptInWords(
  element: Element,
  rules: readonly PreparedRule[],
  blocks: PageBlocks,
): FoundPrompt | undefined {
  if (!isShown(element) || element.closest(elsewhere) !== null) return undefined;
  const fitting = rules.filter(
    ({ rule: { where } }) => where === undefined || element.closest(where) !== null,
  );
  const found = climbToPrompt(element, { rules: fitting, blocks, most: mostSentence });
  return found !== undefined && isSaid(element, found, blocks) ? found : undefined;
}

/** Does the page say it here and now, rather than tell of it? */
function isSaid(element: Element, { place, seen, match }: FoundPrompt, blocks: PageBlocks): boolean {
  const item = element.closest('td,li,dd,dt');
  if (item !== null && item !== place && place.contains(item)) return false;
  for (const [, quote = ''] of seen.words.matchAll(quoted)) {
    const text = foldText(quote);
    if (match.groups[0]?.some((word) => text.includes(word))) return false;
  }
  const box = place.closest(dialog);
  const inBox = box === null ? undefined : blocks.written(box);
  if (inBox !== undefined && inBox.length <= 2 * mostSentence) return true;
  return place.closest('a') === null && !isAmongProse(place, blocks) && !isTold(place, blocks, help);
}

/** One of several long items: a help page, a list of requirements. */
function isAmongProse(place: Element, blocks: PageBlocks): boolean {
  return outwards(place)
    .slice(0, 3)
    .some((block) => {
      const siblings = [...(block.parentElement?.children ?? [])].slice(0, mostPlaces);
      const isLong = (sibling: Element): boolean =>
        sibling !== block &&
        /^(?:p|li|dd|dt|tr)$/.test(sibling.localName) &&
        (blocks.written(sibling)?.length ?? section) >= 25;
      return siblings.filter(isLong).length > 1;
    });
}

/** Does the section around `place` say, outside its links, that it is an article, or else what `how` looks for? */
export function isTold(place: Element, blocks: PageBlocks, how = article): boolean {
  const path = outwards(place);
  const widest = path.findLast((block) => (blocks.written(block)?.length ?? section) < section);
  const { withoutLinks } = widest === undefined ? { withoutLinks: '' } : visibleText(widest, new Set(path));
  return article.test(withoutLinks) || how.test(withoutLinks);
}
