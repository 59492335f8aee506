import type { DetectorOrders, ObservedQr } from '../../protocol/observed-prompts.ts';
import type { findPrompts, SearchContext } from '../../rules/find-prompts.ts';
import type { findPromptsNear } from '../../rules/find-prompts-near.ts';
import type { mayHavePrompt } from '../../rules/may-have-prompt.ts';
import { createDetectorLine, type DetectorLineParts } from './detector-line.ts';
import { createDoubtfulNodes } from './doubtful-nodes.ts';
import type { mayHoldPrompt } from './may-hold-prompt.ts';
import { createPageWatcher, type PageWatcher } from './page-watcher.ts';
import { createRuleReader } from './rule-reader.ts';
import type { Scheduler } from './scheduler.ts';
import { createShownPrompts } from './shown-prompts.ts';
import type { StoredRules } from './stored-rules.ts';

export interface PromptDetectorParts {
  readonly document: Document;
  /** The page's host. */
  readonly context: SearchContext;
  readonly stored: StoredRules;
  readonly search: {
    readonly findPrompts: typeof findPrompts;
    readonly findPromptsNear: typeof findPromptsNear;
    readonly mayHavePrompt: typeof mayHavePrompt;
    readonly mayHoldPrompt: typeof mayHoldPrompt;
  };
  readonly readQr: (element: Element) => ObservedQr | Promise<ObservedQr>;
  readonly connect: DetectorLineParts['connect'];
  readonly scheduler: Scheduler;
}

/** Finds the prompts of one document and tells the background of them. */
export interface PromptDetector {
  /**
   * Looks at the page, and watches it from now on; does nothing while it is hidden, or while there are no rules.
   * Safe to call again.
   */
  wake(): void;
  /** Reads which rules there are now; asks the background where there are none. */
  learn(): Promise<void>;
  /** The page is left, perhaps to come back. */
  leave(): void;
}

/** Milliseconds between two looks at shown prompts: a canvas is drawn anew without a sign. */
const slowPace = 1_000;
/** Least milliseconds between two searches of the whole page; more where one takes long, so that they take 5 % at most. */
const rescanPause = 100;
const rescanShare = 20;
const mostRescanPause = 2_000;
/** Children of an element that is checked as soon as its looks change. */
const mostChildren = 8;

export function createPromptDetector(parts: PromptDetectorParts): PromptDetector {
  const { document, context, search, scheduler, readQr, connect, stored } = parts;
  let watcher: PageWatcher | undefined;
  let isActive = true;
  let isPacing = false;
  /** Something changed while nobody saw the page. */
  let isMissed = true;
  let rescanFrom = 0;
  let isRescanDue = false;
  let isWaiting = false;

  const line = createDetectorLine({
    connect,
    scheduler,
    shown: () => prompts.told(),
    onOrders: obey,
    onOrphaned: stop,
  });
  const reader = createRuleReader({
    document,
    stored,
    onMissing: line.ask,
    onGate(isNew) {
      isMissed ||= isNew;
      wake();
    },
    onRules() {
      // The page is searched whole at once: meanwhile it may have changed.
      rescanFrom = 0;
      rescan();
    },
  });
  const prompts = createShownPrompts({
    scheduler,
    read: readQr,
    tell: line.tell,
    onNew: (place) => watcher?.watchTexts(place),
  });
  const doubts = createDoubtfulNodes(scheduler, (node) => lookAt([node]));

  function wake(): void {
    if (!isActive || reader.gate === undefined) return;
    if (document.hidden) return waitToBeSeen();
    watcher ??= createPageWatcher({
      document,
      scheduler,
      isSeen,
      areWorth,
      concerns: prompts.areConcernedBy,
      onLook,
      onStorm: rescan,
    });
    if (isMissed) rescan();
  }

  function waitToBeSeen(): void {
    isMissed = true;
    if (isWaiting) return;
    isWaiting = true;
    document.addEventListener(
      'visibilitychange',
      () => {
        isWaiting = false;
        wake();
      },
      { once: true },
    );
  }

  function isSeen(): boolean {
    if (document.hidden) waitToBeSeen();
    return !document.hidden;
  }

  function areWorth(nodes: readonly Node[], haveCome: boolean): boolean {
    const node = nodes[0];
    if (node === undefined) return false;
    if (nodes.length === 1) {
      if (doubts.rests(lasting(node))) return false;
      // What comes costs the page more than the check; a class of the whole page may change with every scroll.
      if (!haveCome && !isSmall(node)) return true;
    }
    return reader.gate !== undefined && search.mayHoldPrompt(nodes, reader.gate.words);
  }

  function rescan(): void {
    if (document.hidden) return waitToBeSeen();
    isMissed = true;
    if (isRescanDue) return;
    isRescanDue = true;
    const rest = Math.min(rescanFrom - scheduler.now(), mostRescanPause);
    if (rest > 0) scheduler.after(rescanNow, rest);
    else rescanNow();
  }

  function rescanNow(): void {
    isRescanDue = false;
    if (watcher === undefined || document.hidden) return;
    isMissed = false;
    const begun = scheduler.now();
    const { gate, rules } = reader;
    const passing = [...watcher.roots].filter((root) => gate && search.mayHavePrompt(root, gate));
    if (passing.length > 0 && rules === undefined) askForRules();
    else {
      const found = passing.flatMap((root) => search.findPrompts(root, rules ?? [], context));
      prompts.take(found, prompts.keys());
      keepPace();
    }
    const end = scheduler.now();
    rescanFrom = end + Math.min(mostRescanPause, Math.max(rescanPause, rescanShare * (end - begun)));
  }

  function onLook(worth: readonly Node[], concerned: ReadonlySet<Node>): void {
    const suspects = worth
      .filter(({ isConnected }) => isConnected)
      .map(lasting)
      .filter((node) => !doubts.rests(node));
    lookAt([...new Set(suspects)], prompts.concernedBy(concerned));
  }

  function askForRules(): void {
    isMissed = true;
    void reader.read();
  }

  /** One search for both: a prompt that was made anew is found when the old one is found missing. */
  function lookAt(suspects: readonly Node[], known: readonly Element[] = [], atSlowPace = false): void {
    const { gate, rules } = reader;
    const words = gate?.words;
    if (words === undefined || watcher === undefined) return;
    const holding = suspects.filter((node) => search.mayHoldPrompt([node], words));
    if (holding.length + known.length === 0) return;
    if (rules === undefined) return askForRules();
    const present = known.filter(({ isConnected }) => isConnected);
    const found = search.findPromptsNear([...present, ...holding], rules, context);
    for (const node of holding) {
      doubts.note(
        node,
        found.some(({ place }) => meets(node, place)),
      );
    }
    prompts.take(found, known, atSlowPace);
    keepPace();
  }

  /** Also while the page is hidden: the window that mirrors it may be all that the user sees. */
  function keepPace(): void {
    if (isPacing || prompts.keys().length === 0) return;
    isPacing = true;
    scheduler.after(() => {
      isPacing = false;
      lookAt([], prompts.keys(), true);
    }, slowPace);
  }

  function obey({ active, rules: version }: DetectorOrders): void {
    isActive = active;
    if (!active) return stop();
    if (version !== reader.gate?.version) void reader.learn();
    else wake();
  }

  function stop(): void {
    watcher?.stop();
    watcher = undefined;
    isMissed = true;
    prompts.clear();
  }

  return {
    wake,
    learn: reader.learn,
    leave() {
      stop();
      line.close();
    },
  };
}

/** A few elements, none of them with more than text in it. */
function isSmall(node: Node): boolean {
  let count = 0;
  for (let child = firstElementOf(node); child !== null; child = child.nextElementSibling) {
    if (child.firstElementChild !== null || ++count > mostChildren) return false;
  }
  return true;
}

const firstElementOf = (node: Node): Element | null =>
  'firstElementChild' in node ? (node as Element).firstElementChild : null;

/** Texts come and go, the element stays. */
const lasting = (node: Node): Node => (node.nodeType === 3 ? (node.parentNode ?? node) : node);

const meets = (node: Node, place: Element): boolean => node.contains(place) || place.contains(node);
