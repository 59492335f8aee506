import type { PromptRule } from '../protocol/prompt-rules.ts';
import { findPrompts, type SearchContext } from './find-prompts.ts';
import { foldText } from './fold-text.ts';
import { isLarge, outwards } from './page-blocks.ts';
import { pictureSelector } from './picture-candidates.ts';
import { prepareRules } from './prepared-rules.ts';
import type { PromptCandidate } from './prompt-candidate.ts';
import { mostBlocks } from './search-bounds.ts';

/**
 * A few microseconds' check of one added or changed node: false when it can neither hold a prompt nor complete one
 * (no picture, no word of a rule, nothing that says expired). True promises nothing.
 */
export function mayHoldPrompt(node: Node, rules: readonly PromptRule[]): boolean {
  const page = node.ownerDocument;
  if (page === null) return true;
  if (isElement(node) && (node.matches(pictureSelector) || node.querySelector(pictureSelector) !== null))
    return true;
  const { stems, furtherStems } = prepareRules(rules, page);
  const text = foldText(node.textContent ?? '');
  const has = (stem: string): boolean => text.includes(stem);
  return stems.some(has) || furtherStems.some(has);
}

/**
 * Prompts in the blocks around added or changed nodes in which words and QR may meet: what `mayHoldPrompt` refuses
 * is passed over, nodes of one block cost one search. Give it a batch, not one node a call. A prompt that was there
 * before is found again; tell them apart by `qr ?? place`.
 */
export function findPromptsNear(
  nodes: Iterable<Node>,
  rules: readonly PromptRule[],
  context: SearchContext,
): readonly PromptCandidate[] {
  const blocks = new Set<Element>();
  for (const node of nodes) {
    const start = isElement(node) ? node : node.parentElement;
    if (start === null || !node.isConnected) continue;
    const path = outwards(start);
    if (path.some((block) => blocks.has(block)) || !mayHoldPrompt(node, rules)) continue;
    blocks.add(path.findLast((block) => !isLarge(block)) ?? start);
  }
  const found = new Map<Element, PromptCandidate>();
  const roots = new Set([...blocks].map((block) => block.getRootNode()).filter(isRoot));
  for (const place of blocks.size > mostBlocks ? roots : blocks) {
    for (const prompt of findPrompts(place, rules, context)) found.set(prompt.qr ?? prompt.place, prompt);
  }
  return [...found.values()];
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function isRoot(node: Node): node is Document | ShadowRoot {
  return 'host' in node || 'body' in node;
}
