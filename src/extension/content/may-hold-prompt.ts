import type { PromptRule } from '../../protocol/prompt-rules.ts';
import { pictureSelector } from '../../rules/picture-candidates.ts';
import { prepareRules } from '../../rules/prepared-rules.ts';

/** A memory only. */
const patterns = new WeakMap<readonly PromptRule[], RegExp>();

/**
 * Could one of `nodes` hold a prompt, or complete one? True promises nothing. For many nodes at once, since a page
 * may add thousands: three questions to the browser a node, and one search through the text of all.
 */
export function mayHoldPrompt(nodes: readonly Node[], rules: readonly PromptRule[]): boolean {
  let text = '';
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (isElement(node) && (node.querySelector(pictureSelector) !== null || node.matches(pictureSelector)))
      return true;
    text += `${node.textContent ?? ''}\n`;
  }
  return patternOf(rules).test(text);
}

function patternOf(rules: readonly PromptRule[]): RegExp {
  let pattern = patterns.get(rules);
  if (pattern === undefined) {
    const { stems, furtherStems } = prepareRules(rules, document);
    patterns.set(rules, (pattern = patternOfStems([...stems, ...furtherStems])));
  }
  return pattern;
}

/** Most characters begin no stem: asked for that first, a text costs a tenth. */
function patternOfStems(stems: readonly string[]): RegExp {
  const written = stems.map((stem) => [...stem].map(eitherCase));
  const beginnings = [...new Set(stems.map(([first = '']) => `${first}${first.toUpperCase()}`))].join('');
  // Without stems: nothing.
  if (beginnings === '') return /(?!)/;
  return new RegExp(`(?=[${beginnings}])(?:${written.map((letters) => letters.join('')).join('|')})`);
}

const eitherCase = (letter: string): string =>
  letter === letter.toUpperCase() ? letter : `[${letter}${letter.toUpperCase()}]`;

const isElement = (node: Node): node is Element => node.nodeType === 1;
