import { pictureSelector } from '../../rules/picture-candidates.ts';

/**
 * Could one of `nodes` hold a prompt, or complete one? True promises nothing. For many nodes at once, since a page
 * may add thousands: a question or two to the browser a node, and one search through the text of all.
 * @param pattern of the rules' gate
 */
export function mayHoldPrompt(nodes: readonly Node[], pattern: RegExp): boolean {
  let text = '';
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (isElement(node) && (node.querySelector(pictureSelector) !== null || node.matches(pictureSelector)))
      return true;
    text += `${node.textContent ?? ''}\n`;
  }
  return pattern.test(text);
}

const isElement = (node: Node): node is Element => node.nodeType === 1;
