import type { FoundPrompt } from './climb-to-prompt.ts';
import { expiredWords } from './expired-words.ts';
import { foldText } from './fold-text.ts';
import { placesOf } from './match-words.ts';
import { outwards } from './page-blocks.ts';
import { isShown } from './visible-text.ts';

/** 如二维码失效请刷新, 二维码120秒后过期, 二维码过期后…: what to do should it expire, or when it will. */
const conditionBefore = /[如若当将后内未]|有效|避免|以防|分钟|秒/;
const conditionAfter = /^(?:之?[后前]|时|的话)/;
const overlayName = /mask|overlay|cover|shade|expired|overdue|invalid/i;
/** Children of one block that are looked at. */
const mostOverlays = 20;
const expiredName = /expired|overdue|(?:qr|code)\S*invalid/i;

/** Does the page say that `qr`, of this prompt, cannot be scanned any more? */
export function isExpired(qr: Element, { match, seen, place }: FoundPrompt): boolean {
  const { expired } = match;
  const words = expired ?? expiredWords;
  // Of the general words only these are said of a QR wherever they stand.
  const said = expired === undefined ? words.slice(0, 3) : words;
  if (said.some((word) => saysNow(seen.text, word, expired === undefined))) return true;
  const blocks = outwards(qr)
    .slice(0, 3)
    .filter((block) => place.contains(block));
  if (blocks.slice(0, 2).some((block) => expiredName.test(block.className.toString()))) return true;
  return blocks
    .flatMap((block) => [...block.children].slice(0, mostOverlays))
    .some((element) => !element.contains(qr) && isOverlay(element) && saysOver(element, words));
}

function saysNow(text: string, word: string, needsQr: boolean): boolean {
  return placesOf(word, text).some((at) => {
    const before = text.slice(Math.max(0, at - 8), at);
    const isOfQr =
      !needsQr ||
      /码(?:现?已经?)?$/.test(before) ||
      (/已经?$/.test(before) && !/证书|[标目函话]/.test(before));
    return isOfQr && !conditionBefore.test(before) && !conditionAfter.test(text.slice(at + word.length));
  });
}

function isOverlay(element: Element): boolean {
  if (!isShown(element)) return false;
  const position = element.ownerDocument.defaultView?.getComputedStyle(element).position ?? '';
  return overlayName.test(element.className.toString()) || /absolute|fixed/.test(position);
}

function saysOver(element: Element, words: readonly string[]): boolean {
  const text = foldText(element.textContent ?? '');
  if (text === '') return expiredName.test(element.className.toString());
  return text.length <= 40 && words.some((word) => text.includes(word)) && !text.includes('已扫');
}
