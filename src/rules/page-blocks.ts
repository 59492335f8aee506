import { foldText } from './fold-text.ts';
import { mostClimb, mostElements, mostRawText } from './search-bounds.ts';
import { visibleText } from './visible-text.ts';

export interface SeenBlock {
  /** As read, white space collapsed. */
  readonly words: string;
  /** Folded. */
  readonly text: string;
  /** Folded, and without what links and buttons say. */
  readonly withoutLinks: string;
}

/** The element around `element`, out of a shadow root to its host. */
export function around(element: Element): Element | null {
  const parent: (ParentNode & { readonly host?: Element }) | null = element.parentNode;
  return element.parentElement ?? parent?.host ?? null;
}

/** `element` and what is around it, outwards, at most `mostClimb` steps. */
export function outwards(element: Element): readonly Element[] {
  const path = [element];
  for (let next = around(element); next !== null && path.length <= mostClimb; next = around(next))
    path.push(next);
  return path;
}

/** Is there more in `block` than a prompt has? A large page is not counted to its end. */
export function isLarge(block: Element): boolean {
  return block.getElementsByTagName('*').item(mostElements) !== null;
}

/** Reads blocks of a page, as long as the page stands still. */
export interface PageBlocks {
  /** Everything written in `block`, hidden or not, folded; undefined where that is more than a prompt has. */
  written(block: Element): string | undefined;
  /** What is seen of it; see `visibleText`. */
  seen(block: Element, path: ReadonlySet<Element>, skipped?: ReadonlySet<Element>): SeenBlock;
}

export function readBlocks(): PageBlocks {
  const known = new Map<Element, string | undefined>();
  const read = (block: Element): string | undefined => {
    if (isLarge(block)) return undefined;
    const text = `${block.textContent ?? ''}${block.shadowRoot?.textContent ?? ''}`;
    return text.length > mostRawText ? undefined : foldText(text);
  };
  return {
    written(block) {
      if (!known.has(block)) known.set(block, read(block));
      return known.get(block);
    },
    seen(block, path, skipped = new Set()) {
      const visible = visibleText(block, path, skipped);
      // The whole of a small page, a frame's perhaps: its title says what it is for.
      const words =
        block.localName === 'html' ? `${block.ownerDocument.title} ${visible.words}` : visible.words;
      return { words, text: foldText(words), withoutLinks: foldText(visible.withoutLinks) };
    },
  };
}
