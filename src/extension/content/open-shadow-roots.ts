/** Elements beneath a place that are asked for a shadow root, the nearest first: apps and dialogs lie there. */
const mostBeneath = 40;
/** A document with no more elements than this is asked whole. */
const smallDocument = 400;

const none: readonly ShadowRoot[] = [];

/** Open shadow roots at and beneath `place`, those within one another included. Bounded. */
export function openShadowRoots(place: Node): readonly ShadowRoot[] {
  if (!isParent(place)) return none;
  const found: ShadowRoot[] = [];
  const queue: ParentNode[] = [place];
  const isSmall = 'body' in place && place.getElementsByTagName('*').item(smallDocument) === null;
  const most = isSmall ? smallDocument : mostBeneath;
  for (const next of queue) {
    const root = shadowRootOf(next);
    if (root !== null) {
      found.push(root);
      queue.push(root);
    }
    if (queue.length >= most) continue;
    for (let child = next.firstElementChild; child !== null; child = child.nextElementSibling) {
      if (queue.push(child) >= most) break;
    }
  }
  return found;
}

const shadowRootOf = (node: Node): ShadowRoot | null => (node as Partial<Element>).shadowRoot ?? null;

const isParent = (node: Node): node is Document | ShadowRoot | Element => node.nodeType !== 3;
