import { foldText } from './fold-text.ts';
import { mostFoldedText, mostLevels, mostPassed, mostPlaces, mostWholeText } from './search-bounds.ts';

/** The whole text of a root, searched before any element is. */
export interface RootText {
  readonly length: number;
  has(word: string): boolean;
  /** The smallest elements that hold one of `words` each, in document order, at most `mostPlaces`. */
  placesOf(words: readonly string[]): readonly Element[];
}

export function readRoot(root: Document | ShadowRoot | Element): RootText {
  const top = 'body' in root ? root.body : root;
  const raw = (top?.textContent ?? '').slice(0, mostWholeText);
  const whole = comparable(raw);
  const known = new Map<string, boolean>();
  function has(word: string): boolean {
    let isThere = known.get(word);
    // Many words begin alike: most are ruled out together.
    isThere ??= (word.length === 2 || has(word.slice(0, 2))) && whole.includes(word);
    known.set(word, isThere);
    return isThere;
  }
  return {
    length: raw.length,
    has,
    placesOf(words) {
      const found: Element[] = [];
      let passed = 0;
      const descend = (parent: ParentNode, level: number): boolean => {
        let isWithin = false;
        for (const child of parent.children) {
          passed += 1;
          if (passed > mostPassed || found.length >= mostPlaces) break;
          const text = comparable((child.textContent ?? '').slice(0, mostWholeText));
          if (!words.some((word) => text.includes(word))) continue;
          isWithin = true;
          if (level >= mostLevels || !descend(child, level + 1)) found.push(child);
        }
        return isWithin;
      };
      if (words.some((word) => whole.includes(word)) && !descend(top, 0) && 'localName' in top)
        found.push(top);
      return found;
    },
  };
}

function comparable(text: string): string {
  return text.length > mostFoldedText ? text.toLowerCase() : foldText(text);
}
