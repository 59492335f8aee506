import { climbToPrompt, type FoundPrompt } from './climb-to-prompt.ts';
import { foldText } from './fold-text.ts';
import { hasUnnegated } from './match-words.ts';
import { outwards, type PageBlocks } from './page-blocks.ts';
import { hasQrSize, isGridOfModules, qrLikeness } from './picture-candidates.ts';
import type { PreparedRule } from './prepared-rules.ts';
import { furniture } from './prompt-in-words.ts';
import { isShown } from './visible-text.ts';

export interface QrSearch {
  readonly rules: readonly PreparedRule[];
  /** All that may be QRs near by: their captions are theirs. */
  readonly pictures: readonly Element[];
  /** Those that nothing but a rule's own selector takes for QRs. */
  readonly onlySelected: ReadonlySet<Element>;
  readonly blocks: PageBlocks;
}

/** Characters of a caption that decides alone, links included: "APP下载". */
const shortCaption = 24;
/** A caption that only names an app, or what is done elsewhere. */
const otherApp = /(?:app|客户端|[机动]端|办理|申[请领]|下载|流程)$/;

/**
 * The prompt that `qr` belongs to. What stands in the captions of other pictures does not count; a short caption of
 * its own that says something else ends it.
 */
export function promptAroundQr(qr: Element, search: QrSearch): FoundPrompt | undefined {
  const { blocks, pictures, onlySelected } = search;
  const path = outwards(qr);
  const rules = search.rules.filter(
    ({ rule: { where, selector } }) =>
      (where === undefined || qr.closest(where) !== null) &&
      (selector === undefined ? !onlySelected.has(qr) : qr.matches(selector)),
  );
  const isQr = (): boolean =>
    isShown(qr) &&
    qr.closest(furniture) === null &&
    (onlySelected.has(qr) || isGridOfModules(qr.querySelector('tbody') ?? qr) || hasQrSize(qr));
  let others: ReadonlySet<Element> | undefined;
  const found = climbToPrompt(qr, {
    rules,
    blocks,
    own: ownWords(qr),
    begin: isQr,
    skipped: (block) => (others = captionsOfOthers(block, path, pictures, blocks)),
  });
  const caption = found === undefined ? '' : captionOf(path, blocks, others ?? new Set());
  const isIn = (group: readonly string[]): boolean => group.some((word) => caption.includes(word));
  const isOther = (rule: PreparedRule): boolean =>
    caption.length <= shortCaption &&
    ((rule.never.some((word) => hasUnnegated(word, caption)) && !rule.groups.every(isIn)) ||
      (otherApp.test(caption) && !rule.groups.some(isIn)));
  return found === undefined || isOther(found.match) ? undefined : found;
}

/** What the picture says of itself; a plain QR says 二维码. */
function ownWords(qr: Element): string {
  const said = ['alt', 'title', 'aria-label'].map((name) => qr.getAttribute(name) ?? '');
  return `|${foldText(said.join())}|${qrLikeness(qr) > 0 ? '二维码' : ''}`;
}

/** What is written nearest to the QR. */
function captionOf(path: readonly Element[], blocks: PageBlocks, others: ReadonlySet<Element>): string {
  const visible = new Set(path);
  for (const block of path) {
    const text = blocks.written(block) === '' ? '' : blocks.seen(block, visible, others).text;
    if (text !== '') return text;
  }
  return '';
}

/** The smallest blocks with words around each other picture in `place` that are not around the QR too. */
function captionsOfOthers(
  place: Element,
  path: readonly Element[],
  pictures: readonly Element[],
  blocks: PageBlocks,
): ReadonlySet<Element> {
  const captions = new Set(columnsOfOthers(path, blocks));
  for (const picture of pictures) {
    if (!place.contains(picture) || path.includes(picture) || !isShown(picture)) continue;
    const block = outwards(picture).find((outer) => path.includes(outer) || blocks.written(outer) !== '');
    if (block !== undefined && !path.includes(block)) captions.add(block);
  }
  return captions;
}

/** Old tables: a row of QRs, and a row of captions below or above it, of which one is the QR's own. */
function columnsOfOthers(path: readonly Element[], blocks: PageBlocks): readonly Element[] {
  const at = path.findIndex((block) => block.childElementCount > 1);
  const row = path[at];
  const cell = path[at - 1];
  if (row === undefined || cell === undefined || blocks.written(row) !== '') return [];
  const captions = [row.nextElementSibling, row.previousElementSibling].find(
    (other) => other?.childElementCount === row.childElementCount && blocks.written(other) !== '',
  );
  const own = [...row.children].indexOf(cell);
  return [...(captions?.children ?? [])].filter((_, index) => index !== own);
}
