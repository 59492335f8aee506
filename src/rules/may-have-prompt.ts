import type { RuleGate } from './compiled-rules.ts';
import { pictureCandidates } from './picture-candidates.ts';
import { readRoot } from './root-text.ts';
import { mostRawText } from './search-bounds.ts';

/** Could `root` hold a prompt at all? Costs one native search through its text; true promises nothing. */
export function mayHavePrompt(root: Document | ShadowRoot | Element, gate: RuleGate): boolean {
  const text = readRoot(root);
  if (gate.stems.some(text.has)) return true;
  // Beside words outside `root`, or by its own name, a picture may be a prompt without words.
  return text.length <= mostRawText && (gate.hasSelectors || pictureCandidates(root).length > 0);
}
