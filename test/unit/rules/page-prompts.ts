import { Window } from 'happy-dom';
import type { PromptRule } from '../../../src/protocol/prompt-rules.ts';
import { builtInRules } from '../../../src/rules/built-in-rules.ts';
import { compileRules } from '../../../src/rules/compile-rules.ts';
import { findPrompts, type SearchContext } from '../../../src/rules/find-prompts.ts';
import { mayHavePrompt } from '../../../src/rules/may-have-prompt.ts';
import { prepareRules } from '../../../src/rules/prepared-rules.ts';
import type { PromptCandidate } from '../../../src/rules/prompt-candidate.ts';
import { isShown } from '../../../src/rules/visible-text.ts';

/** `html` as a page of its own. No script of it runs, nothing is loaded. */
export function showPage(html: string): Document {
  const window = new Window({ url: 'https://trading.example.cn/' });
  window.document.write(html);
  // happy-dom's own types differ from the browser's in details that no rule asks for.
  return window.document as unknown as Document;
}

/** What a content script finds in `root`: nothing where the gate lets nothing through. */
export function search(
  root: Document | ShadowRoot | Element,
  rules: readonly PromptRule[],
  context: SearchContext,
): readonly PromptCandidate[] {
  const { gate, compiled } = compiledOnce(rules);
  if (!mayHavePrompt(root, gate)) return [];
  const page = 'body' in root ? root : root.ownerDocument;
  return findPrompts(root, prepareRules(compiled, page), context);
}

const compilations = new WeakMap<readonly PromptRule[], ReturnType<typeof compileRules>>();

function compiledOnce(rules: readonly PromptRule[]): ReturnType<typeof compileRules> {
  const result = compilations.get(rules) ?? compileRules(rules, 'test');
  compilations.set(rules, result);
  return result;
}

/** Prompts of the page `html`, without its frames, by `rules`. */
export function promptsBy(
  html: string,
  rules: readonly PromptRule[] = builtInRules,
): readonly PromptCandidate[] {
  return search(showPage(html), rules, { host: 'trading.example.cn' });
}

/**
 * Prompts of the page `html` and of the frames within it, by the built-in rules, as the content script of each frame
 * finds them.
 */
export function promptsOfPage(html: string): readonly PromptCandidate[] {
  const page = showPage(html);
  const found = search(page, builtInRules, { host: 'trading.example.cn' });
  const frames = [...page.querySelectorAll('iframe[srcdoc]')].filter(isShown);
  const inner = frames.map((frame) => frame.getAttribute('srcdoc') ?? '');
  return [...found, ...inner.flatMap(promptsOfPage)];
}
