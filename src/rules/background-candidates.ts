import { hasFittingName, hasQrSize, isGridOfModules } from './picture-candidates.ts';

/** How many more elements' computed style may be read. */
export interface StyleBudget {
  left: number;
}

/** Elements within `block` with a background of a QR's size, and grids and tables of modules. */
export function backgroundCandidates(block: Element, budget: StyleBudget): readonly Element[] {
  const found: Element[] = [];
  for (const element of [block, ...block.querySelectorAll('*')]) {
    if (found.at(-1)?.contains(element) === true) continue;
    if (isGridOfModules(element)) found.push(element.closest('table') ?? element);
    else if (isLeaf(element) && budget.left > 0) {
      budget.left -= 1;
      const style = element.ownerDocument.defaultView?.getComputedStyle(element);
      const isDrawn = /url\(/.test(`${style?.backgroundImage ?? ''}${style?.background ?? ''}`);
      if (
        isDrawn &&
        hasFittingName(element) &&
        Number.parseFloat(style?.width ?? '') > 0 &&
        hasQrSize(element)
      )
        found.push(element);
    }
  }
  return found;
}

/** Holds nothing, or no more than a short text laid over it. */
function isLeaf(element: Element): boolean {
  const text = (element.textContent ?? '').trim();
  return (
    element.matches('[class],[id],[style]') &&
    !/^(?:img|input|canvas|svg)$/.test(element.localName) &&
    element.childElementCount < 4 &&
    (text === '' || (element.childElementCount > 0 && text.length < 24)) &&
    element.querySelector('img,canvas,svg,table') === null
  );
}
