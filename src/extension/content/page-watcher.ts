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
/** Changes, and nodes worth a look, until the next look that are checked piece by piece; more are a storm. */
const mostRecords = 2_000;
const mostWorth = 300;
/** Changes of one task that are checked at once, and new nodes that are asked for shadow roots. */
const few = 4;
const mostRoots = 20;

/**
 * Watches a document and its open shadow roots with one observer. A few changes are checked within the task that makes
 * them: a timer would cost more than the check, and a ticker must set none. Many wait for the next look and are checked
 * together, in plain loops: a page may add thousands of nodes.
 */
export function createPageWatcher(parts: PageWatcherParts): PageWatcher {
  const { document, areWorth, concerns } = parts;
  const roots = new Set<Document | ShadowRoot>();
  const listening = new AbortController();
  let isStorm = false;
  let waiting: MutationRecord[] = [];
  let worth = new Set<Node>();
  let concerned = new Set<Node>();
  const soon = paced(parts.scheduler, look);

  const observer = new MutationObserver((records) => {
    if (records.length <= few) check(records, parts.isSeen());
    else if (waiting.length + records.length > mostRecords) isStorm = true;
    else waiting = waiting.length === 0 ? records : waiting.concat(records);
    if (isStorm || waiting.length > 0 || worth.size > 0 || concerned.size > 0) soon();
  });

  function check(records: readonly MutationRecord[], isSeen: boolean): void {
    const come: Node[] = [];
    let changed: Node | undefined;
    for (let index = 0; index < records.length; index += 1) {
      const record = records[index];
      if (record === undefined) continue;
      const { target } = record;
      if (concerns(target)) concerned.add(target);
      if (record.type === 'childList') {
        const { addedNodes } = record;
        const count = addedNodes.length;
        for (let at = 0; at < count; at += 1) come.push(addedNodes[at] ?? target);
      } else if (target !== changed) {
        changed = target;
        if (isSeen) pick(target, false);
      }
    }
    if (come.length > mostRecords) isStorm = true;
    else if (isSeen && come.length > 0 && areWorth(come, true)) for (const node of come) pick(node, true);
    for (let at = 0; at < come.length && at < few; at += 1) watchRootsIn(come[at] ?? document);
  }

  function pick(node: Node, hasCome: boolean): void {
    if (!worth.has(node) && areWorth([node], hasCome)) worth.add(node);
  }

  function look(): void {
    if (listening.signal.aborted) return;
    if (!isStorm) check(waiting, parts.isSeen());
    const [wasStorm, seenWorth, seenConcerned] = [isStorm || worth.size > mostWorth, worth, concerned];
    [isStorm, waiting, worth, concerned] = [false, [], new Set(), new Set()];
    if (wasStorm) watchRootsIn(document);
    if (wasStorm) parts.onStorm();
    else parts.onLook([...seenWorth], seenConcerned);
  }

  function watchRootsIn(place: Node): void {
    for (const root of openShadowRoots(place)) if (!roots.has(root) && roots.size < mostRoots) watch(root);
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
    if (parts.isSeen()) pick(target, true);
    if (worth.size > 0 || concerned.size > 0) soon();
  }

  watch(document);
  watchRootsIn(document);
  return {
    roots,
    watchTexts: (element) => observer.observe(element, { characterData: true, subtree: true }),
    stop() {
      observer.disconnect();
      listening.abort();
    },
  };
}
