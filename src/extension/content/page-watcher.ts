import { createHotTargets } from './hot-targets.ts';
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
/** Changes of one task that are checked at once. */
const few = 4;
/** Changes beneath one node, of those that wait, from which on it is asked as a whole, if it is not much larger. */
const many = 16;
const oldForNew = 12;
/** New nodes of it that heat as much as a check does. */
const aCheck = 24;
const none: ReadonlySet<Node> = new Set();
/** New nodes of one check that are asked for shadow roots. */
const mostAsked = 12;
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
  let waiting: MutationRecord[][] = [];
  let waitingRecords = 0;
  let worth = new Set<Node>();
  let concerned = new Set<Node>();
  const soon = paced(parts.scheduler, look);
  const hot = createHotTargets(parts.scheduler, (target) => {
    pick(target, false);
    if (worth.size > 0) soon();
    return worth.has(target);
  });

  const observer = new MutationObserver((records) => {
    if (areHot(records)) return;
    if (records.length <= few) check([records], parts.isSeen());
    else {
      waiting.push(records);
      waitingRecords += records.length;
      isStorm ||= waitingRecords > mostRecords;
    }
    if (isStorm || waitingRecords > 0 || worth.size > 0 || concerned.size > 0) soon();
  });

  /** A ticker's changes, told from others before anything else is asked. */
  function areHot(records: readonly MutationRecord[]): boolean {
    let last: Node | undefined;
    for (let index = 0; index < records.length; index += 1) {
      const target = records[index]?.target;
      if (target === last || target === undefined) continue;
      if (!hot.isHot(target) || concerns(target)) return false;
      last = target;
    }
    return true;
  }

  /** Of what many nodes were added to, those that hold nothing of interest, the new nodes included: asked once, not each. */
  function bareOf(batches: readonly (readonly MutationRecord[])[]): ReadonlySet<Node> {
    const counts = new Map<Node, number>();
    for (let batch = 0; batch < batches.length; batch += 1) {
      const records = batches[batch] ?? [];
      let last: Node | undefined;
      let count = 0;
      for (let index = 0; index < records.length; index += 1) {
        const target = records[index]?.target;
        if (target !== last) {
          if (last !== undefined) counts.set(last, (counts.get(last) ?? 0) + count);
          last = target;
          count = 0;
        }
        count += 1;
      }
      if (last !== undefined) counts.set(last, (counts.get(last) ?? 0) + count);
    }
    const bare = new Set<Node>();
    for (const [target, count] of counts) {
      const isNew = count >= many && target.childNodes.length <= count * oldForNew && !hot.isHot(target);
      if (isNew && !areWorth([target], true)) {
        bare.add(target);
        hot.heat(target, count / aCheck);
        watchRootsIn(target);
      }
    }
    return bare;
  }

  function check(batches: readonly (readonly MutationRecord[])[], isSeen: boolean): void {
    const bare = isSeen && batches.length > 0 && waitingRecords > many ? bareOf(batches) : none;
    const come: Node[] = [];
    const targets: Node[] = [];
    let last: Node | undefined;
    let changed: Node | undefined;
    let isPassedOver = !isSeen;
    for (let batch = 0; batch < batches.length; batch += 1) {
      const records = batches[batch] ?? [];
      for (let index = 0; index < records.length; index += 1) {
        const record = records[index];
        if (record === undefined) continue;
        const { target } = record;
        if (target !== last) {
          last = target;
          if (concerns(target)) concerned.add(target);
          isPassedOver = !isSeen || hot.isHot(target);
          if (!isPassedOver) targets.push(target);
          isPassedOver ||= bare.has(target);
        }
        if (isPassedOver) continue;
        if (record.type === 'childList') addAll(record.addedNodes, come);
        else if (target !== changed) pick((changed = target), false);
      }
    }
    if (come.length > mostRecords) isStorm = true;
    else if (come.length > 0 && areWorth(come, true)) for (const node of come) pick(node, true);
    for (let index = 0; index < targets.length; index += 1) {
      const target = targets[index];
      if (target !== undefined && !worth.has(target)) hot.heat(target);
    }
    for (const node of come.slice(0, mostAsked)) watchRootsIn(node);
  }

  function pick(node: Node, hasCome: boolean): void {
    if (!worth.has(node) && areWorth([node], hasCome)) worth.add(node);
  }

  function look(): void {
    if (listening.signal.aborted) return;
    if (!isStorm && waitingRecords > 0) check(waiting, parts.isSeen());
    const wasStorm = isStorm || worth.size > mostWorth;
    const seenWorth = worth;
    const seenConcerned = concerned;
    isStorm = false;
    waiting = [];
    waitingRecords = 0;
    worth = new Set();
    concerned = new Set();
    if (wasStorm) {
      watchRootsIn(document);
      parts.onStorm();
    } else if (seenWorth.size + seenConcerned.size > 0) parts.onLook([...seenWorth], seenConcerned);
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

function addAll(added: NodeList, nodes: Node[]): void {
  const count = added.length;
  for (let index = 0; index < count; index += 1) {
    const node = added[index];
    if (node !== undefined) nodes.push(node);
  }
}
