import { openShadowRoots } from './open-shadow-roots.ts';
import { paced, type Scheduler } from './scheduler.ts';

export interface PageWatcherParts {
  readonly document: Document;
  readonly scheduler: Scheduler;
  /** Is it of use to look at what comes now? Asked once for each task of the page. */
  readonly isSeen: () => boolean;
  /** Is one of these nodes worth a look, all of which came, or which is one whose looks changed? Takes microseconds. */
  readonly areWorth: (nodes: readonly Node[], haveCome: boolean) => boolean;
  /** Does what came, changed or went beneath the node concern what is known? */
  readonly concerns: (target: Node) => boolean;
  /** What was worth it, and what it concerned, since the last look; some may be gone again. */
  readonly onLook: (worth: readonly Node[], concerned: ReadonlySet<Node>) => void;
  /** More has changed than is checked piece by piece. */
  readonly onStorm: () => void;
}

export interface PageWatcher {
  /** The document and its open shadow roots, as far as they are known. */
  readonly roots: ReadonlySet<Document | ShadowRoot>;
  /** Texts that are changed in place count too in here: elsewhere an endless ticker would cost too much. */
  watchTexts(element: Element): void;
  stop(): void;
}

/** What makes a QR or a dialog appear, change or vanish although no node is added. */
const attributeFilter = [
  'src',
  'style',
  'class',
  'hidden',
  'open',
  'width',
  'height',
  'd',
  'fill',
  'bgcolor',
];
/** Changes of one task that are checked at once, as a ticker's: a timer would cost more than the check. */
const few = 4;
/** Changes until the next look that are checked then, and nodes that are looked at one by one; more are a storm. */
const mostRecords = 2_000;
const mostWorth = 300;
const mostRoots = 20;

/** Watches a document and its open shadow roots with one observer. Loops are plain: a page may add thousands of nodes. */
export function createPageWatcher(parts: PageWatcherParts): PageWatcher {
  const { document, areWorth, concerns } = parts;
  const roots = new Set<Document | ShadowRoot>();
  const listening = new AbortController();
  let waiting: MutationRecord[][] = [];
  let recorded = 0;
  let worth = new Set<Node>();
  let concerned = new Set<Node>();
  const soon = paced(parts.scheduler, look);

  const observer = new MutationObserver((records) => {
    if (records.length <= few) check([records], parts.isSeen(), true);
    else {
      recorded += records.length;
      if (recorded <= mostRecords) waiting.push(records);
      else waiting = [];
    }
    if (recorded > 0 || worth.size > 0 || concerned.size > 0) soon();
  });

  function check(batches: readonly (readonly MutationRecord[])[], isSeen: boolean, areFew: boolean): void {
    const come = new Map<Node, Node[]>();
    const changed = new Set<Node>();
    for (const records of batches) {
      for (let index = 0; index < records.length; index += 1) {
        const record = records[index];
        if (record === undefined) continue;
        const { target } = record;
        if (concerns(target)) concerned.add(target);
        if (record.type === 'attributes') changed.add(target);
        else sort(record.addedNodes, target, come);
      }
    }
    if (isSeen) {
      for (const nodes of come.values()) if (areWorth(nodes, true)) pick(nodes, true);
      pick([...changed], false);
    }
    for (const nodes of come.values()) {
      for (let index = 0; index < nodes.length; index += 1) watchRootsIn(nodes[index] ?? document, areFew);
    }
  }

  function pick(nodes: readonly Node[], haveCome: boolean): void {
    for (const node of nodes) if (!worth.has(node) && areWorth([node], haveCome)) worth.add(node);
  }

  function look(): void {
    if (listening.signal.aborted) return;
    const isStorm = recorded > mostRecords;
    if (isStorm) watchRootsIn(document, true);
    else check(waiting, parts.isSeen(), false);
    const [seenWorth, seenConcerned] = [worth, concerned];
    [waiting, recorded, worth, concerned] = [[], 0, new Set(), new Set()];
    if (isStorm || seenWorth.size > mostWorth) parts.onStorm();
    else parts.onLook([...seenWorth], seenConcerned);
  }

  function watchRootsIn(place: Node, isDeep: boolean): void {
    for (const root of openShadowRoots(place, isDeep)) {
      if (!roots.has(root) && roots.size < mostRoots) watch(root);
    }
  }

  function watch(root: Document | ShadowRoot): void {
    roots.add(root);
    observer.observe(root, { childList: true, subtree: true, attributeFilter });
    // A picture has its size then.
    root.addEventListener('load', onLoad, { capture: true, passive: true, signal: listening.signal });
  }

  function onLoad({ target }: Event): void {
    if (!(target instanceof Element)) return;
    if (concerns(target)) concerned.add(target);
    if (parts.isSeen()) pick([target], true);
    if (worth.size > 0 || concerned.size > 0) soon();
  }

  watch(document);
  watchRootsIn(document, true);
  return {
    roots,
    watchTexts: (element) => observer.observe(element, { characterData: true, subtree: true }),
    stop() {
      observer.disconnect();
      listening.abort();
    },
  };
}

/** By what they were added to: nodes of one list are much alike. */
function sort(added: NodeList, target: Node, come: Map<Node, Node[]>): void {
  const count = added.length;
  if (count === 0) return;
  let nodes = come.get(target);
  if (nodes === undefined) come.set(target, (nodes = []));
  for (let index = 0; index < count; index += 1) nodes.push(added[index] ?? target);
}
