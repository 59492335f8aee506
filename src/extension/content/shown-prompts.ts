import { pageLimits } from '../../protocol/page-limits.ts';
import type { DetectorMessage, ObservedPrompt, ObservedQr } from '../../protocol/observed-prompts.ts';
import type { PromptCandidate } from '../../rules/prompt-candidate.ts';
import type { Scheduler } from './scheduler.ts';

export interface ShownPromptsParts {
  readonly scheduler: Scheduler;
  readonly read: (qr: Element) => ObservedQr | Promise<ObservedQr>;
  readonly tell: (message: DetectorMessage) => void;
  /** A prompt is there that was not there before: words that change in its place count from now on. */
  readonly onNew: (place: Element) => void;
}

/** The prompts that are on the page, and what was told of them. */
export interface ShownPrompts {
  /** Elements that draw a QR, or hold the words where there is none. */
  keys(): readonly Element[];
  /** Does anything that is shown lie in or around the node? */
  areConcernedBy(node: Node): boolean;
  /** Of keys: those whose place one of the nodes lies in or around, or that have left the page. */
  concernedBy(nodes: ReadonlySet<Node>): readonly Element[];
  /**
   * Takes what a search found, and that of the keys `searched` it did not find the others again. Reads the QRs; at
   * the slow pace only those that may change without a sign.
   */
  take(found: readonly PromptCandidate[], searched: readonly Element[], atSlowPace?: boolean): void;
  /** All that was told and still stands. */
  told(): readonly DetectorMessage[];
  /** Forgets all without a word. */
  clear(): void;
}

/** Milliseconds until each next look at a QR that is not drawn yet; then the slow pace does. */
const drawingLooks = [50, 100, 200, 400, 800, 1_600, 2_000];
/** Looks before a QR that is not drawn yet is told of. */
const patience = 3;
/** Reports of one prompt within a second. */
const reportsPerSecond = 2;

interface Shown {
  readonly id: string;
  candidate: PromptCandidate;
  qr?: ObservedQr;
  /** Looks at a QR that is not drawn. */
  looks: number;
  toldAt: readonly number[];
  told?: ObservedPrompt;
  isDelayed: boolean;
  /** When it left the page. */
  leftAt?: number;
}

const isShown = ({ leftAt }: Shown): boolean => leftAt === undefined;
const keyOf = ({ qr, place }: PromptCandidate): Element => qr ?? place;

export function createShownPrompts({ scheduler, read, tell, onNew }: ShownPromptsParts): ShownPrompts {
  const prompts = new Map<Element, Shown>();
  let ids = 0;

  function take(found: readonly PromptCandidate[], searched: readonly Element[], atSlowPace = false): void {
    const keys = new Set(found.map(keyOf));
    const lost = new Set(
      searched
        .flatMap((key) => prompts.get(key) ?? [])
        .filter((prompt) => isShown(prompt) && !keys.has(keyOf(prompt.candidate))),
    );
    for (const candidate of found) takeOne(candidate, lost, atSlowPace);
    for (const prompt of lost) leave(prompt);
  }

  function takeOne(candidate: PromptCandidate, lost: Set<Shown>, atSlowPace: boolean): void {
    const key = keyOf(candidate);
    const prompt = prompts.get(key) ?? successorOf(candidate, lost) ?? begin(candidate);
    if (prompt === undefined) return;
    lost.delete(prompt);
    prompts.delete(keyOf(prompt.candidate));
    prompts.set(key, prompt);
    prompt.candidate = candidate;
    delete prompt.leftAt;
    const isStill = prompt.qr?.type === 'pixels' && key.localName !== 'canvas';
    if (atSlowPace && isStill) report(prompt);
    else look(prompt);
  }

  /** Pages make a prompt anew for a new QR: to the user it is the same one. */
  function successorOf({ rule, kind, place }: PromptCandidate, lost: ReadonlySet<Shown>): Shown | undefined {
    const now = scheduler.now();
    const left = [...prompts.values()].filter(
      ({ leftAt }) => leftAt !== undefined && now - leftAt < pageLimits.promptGone,
    );
    const former = [...lost, ...left];
    return (
      former.find(({ candidate }) => candidate.place === place) ??
      former.find(({ candidate }) => candidate.rule === rule && candidate.kind === kind)
    );
  }

  const isKept = (prompt: Shown): boolean => prompts.get(keyOf(prompt.candidate)) === prompt;

  function begin(candidate: PromptCandidate): Shown | undefined {
    for (const [key, { leftAt }] of prompts) {
      if (leftAt !== undefined && scheduler.now() - leftAt >= pageLimits.promptGone) prompts.delete(key);
    }
    if (prompts.size >= pageLimits.promptsPerDocument) return undefined;
    ids += 1;
    onNew(candidate.place);
    return { id: `p${ids}`, candidate, looks: 0, toldAt: [], isDelayed: false };
  }

  function leave(prompt: Shown): void {
    prompt.leftAt = scheduler.now();
    if (prompt.told !== undefined) tell({ type: 'gone', id: prompt.id });
    delete prompt.told;
  }

  function look(prompt: Shown): void {
    const { candidate } = prompt;
    if (candidate.qr === undefined) return report(prompt);
    const qr = read(candidate.qr);
    if (!(qr instanceof Promise)) return takeQr(prompt, qr);
    void qr.then((later) => {
      if (prompt.candidate === candidate && isKept(prompt)) takeQr(prompt, later);
    });
  }

  function takeQr(prompt: Shown, qr: ObservedQr): void {
    if (!isShown(prompt)) return;
    prompt.qr = qr;
    const waits = qr.type === 'unreadable' && qr.why === 'notDrawn';
    if (!waits) prompt.looks = 0;
    else if (!prompt.isDelayed) lookLater(prompt, drawingLooks[prompt.looks++]);
    if (!waits || prompt.looks > patience) report(prompt);
  }

  function lookLater(prompt: Shown, ms: number | undefined): void {
    if (ms === undefined) return;
    prompt.isDelayed = true;
    scheduler.after(() => {
      prompt.isDelayed = false;
      if (isKept(prompt) && isShown(prompt)) look(prompt);
    }, ms);
  }

  function report(prompt: Shown): void {
    const observed = observedOf(prompt);
    if (prompt.told !== undefined && isSame(prompt.told, observed)) return;
    const now = scheduler.now();
    const recent = prompt.toldAt.filter((at) => now - at < 1_000);
    const [earliest] = recent;
    if (earliest !== undefined && recent.length >= reportsPerSecond) {
      if (!prompt.isDelayed) lookLater(prompt, Math.min(earliest + 1_000 - now, 1_000));
      return;
    }
    prompt.toldAt = [...recent, now];
    prompt.told = observed;
    tell({ type: 'prompt', prompt: observed });
  }

  function concernedBy(nodes: ReadonlySet<Node>): readonly Element[] {
    return [...prompts]
      .filter(([key, prompt]) => isShown(prompt) && isConcerned(key, prompt, nodes))
      .map(([key]) => key);
  }

  return {
    areConcernedBy: (node) => prompts.size > 0 && concernedBy(new Set([node])).length > 0,
    keys: () => [...prompts].filter(([, prompt]) => isShown(prompt)).map(([key]) => key),
    concernedBy,
    take,
    told: () => [...prompts.values()].flatMap(({ told }) => (told ? [{ type: 'prompt', prompt: told }] : [])),
    clear: () => prompts.clear(),
  };
}

function isConcerned(key: Element, { candidate: { place } }: Shown, nodes: ReadonlySet<Node>): boolean {
  return !key.isConnected || [...nodes].some((node) => place.contains(node) || node.contains(place));
}

function observedOf({ id, candidate, qr }: Shown): ObservedPrompt {
  const { place: _place, qr: _qr, ...facts } = candidate;
  return { id, ...facts, ...(qr === undefined ? {} : { qr }) };
}

function isSame({ qr: left, ...told }: ObservedPrompt, { qr: right, ...now }: ObservedPrompt): boolean {
  const isSameQr =
    left?.type === 'pixels' ? right?.type === 'pixels' && left.grey === right.grey : left === right;
  return isSameQr && JSON.stringify(told) === JSON.stringify(now);
}
