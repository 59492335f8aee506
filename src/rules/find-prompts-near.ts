import { findPrompts, type SearchContext } from './find-prompts.ts';
import { isLarge, outwards } from './page-blocks.ts';
import type { PreparedRule } from './prepared-rules.ts';
import type { PromptCandidate } from './prompt-candidate.ts';
import { mostBlocks } from './search-bounds.ts';

/**
 * Prompts in the blocks around added or changed nodes in which words and QR may meet; nodes of one block cost one
 * search. Give it a batch, not one node a call, and only what a picture or one of the rules' stems speaks for. A prompt
 * that was there before is found again; tell them apart by `qr ?? place`.
 */
export function findPromptsNear(
  nodes: Iterable<Node>,
  rules: readonly PreparedRule[],
  context: SearchContext,
): readonly PromptCandidate[] {
  const blocks = new Set<Element>();
  for (const node of nodes) {
    const start = isElement(node) ? node : node.parentElement;
    if (start === null || !node.isConnected) continue;
    const path = outwards(start);
    if (path.some((block) => blocks.has(block))) continue;
    // A search does not descend into shadow roots: it has to begin within the node's own.
    const root = start.getRootNode();
    blocks.add(path.findLast((block) => block.getRootNode() === root && !isLarge(block)) ?? start);
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
