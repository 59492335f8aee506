import {
  createPromptDetector,
  type PromptDetector,
  type PromptDetectorParts,
} from '../../../../../src/extension/content/prompt-detector.ts';
import type { Scheduler } from '../../../../../src/extension/content/scheduler.ts';
import type {
  DetectorMessage,
  ObservedPrompt,
  ObservedQr,
} from '../../../../../src/protocol/observed-prompts.ts';
import { compileRules } from '../../../../../src/rules/compile-rules.ts';
import type { CompiledRules, RuleGate } from '../../../../../src/rules/compiled-rules.ts';
import type { PromptCandidate } from '../../../../../src/rules/prompt-candidate.ts';

export const pixels = (grey: string): ObservedQr => ({ type: 'pixels', width: 21, height: 21, grey });

/** Time that passes when the test says so. */
export interface ManualTime extends Scheduler {
  /** Lets so many milliseconds pass, with what is due in them, and with the page's own microtasks between. */
  pass(ms: number): Promise<void>;
  readonly waiting: number;
}

export function manualTime(): ManualTime {
  let now = 0;
  let due: { readonly at: number; readonly work: () => void }[] = [];
  const after = (work: () => void, ms: number) => void due.push({ at: now + ms, work });
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after,
    // A page that has nothing to do: at once.
    idle: (work) => after(work, 1),
    get waiting() {
      return due.length;
    },
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (;;) {
        const [next] = due.toSorted((left, right) => left.at - right.at);
        if (next === undefined || next.at > end) break;
        due = due.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.work();
        await settled();
      }
      now = end;
    },
  };
}

/** A port as the background sees it. */
export interface FakePort {
  readonly messages: DetectorMessage[];
  isOpen: boolean;
  /** The background's side: an order, or whatever else. */
  say(message: unknown): void;
  /** The worker was stopped. */
  lose(): void;
}

export interface DetectorBench {
  readonly detector: PromptDetector;
  readonly time: ManualTime;
  readonly ports: FakePort[];
  /** All that was told, on any port. */
  told(): readonly DetectorMessage[];
  /** What is reported as shown now, by id. */
  shown(): ReadonlyMap<string, ObservedPrompt>;
  /** What each element draws; `drawn` unless told. */
  readonly qrs: Map<Element, ObservedQr | Promise<ObservedQr>>;
  /** How often a search looked at something. */
  readonly searches: { whole: number; near: number; checks: number; reads: number };
  isOrphaned: boolean;
  /** What the background has put into the session store. */
  readonly stored: { gate: RuleGate | undefined; rules: CompiledRules | undefined };
}

/** No rules of a version: the search of this bench needs none. */
export const storedRules = (version: string): DetectorBench['stored'] => {
  const { gate, compiled } = compileRules([], version);
  return { gate, rules: compiled };
};

export const drawn = pixels('A'.repeat(588));

/**
 * The detector over the test's document. A prompt is an element with `data-qr`, its value the rule, or `data-words`
 * without a QR; one beneath `hidden` is not shown.
 */
export function detectorBench(changes: Partial<PromptDetectorParts> = {}): DetectorBench {
  const time = manualTime();
  const ports: FakePort[] = [];
  const qrs: DetectorBench['qrs'] = new Map();
  const searches = { whole: 0, near: 0, checks: 0, reads: 0 };
  const stored = storedRules('v1');
  const bench = { time, ports, qrs, searches, stored, isOrphaned: false };
  const detector = createPromptDetector({
    document,
    context: { host: 'ggzy.zhanjiang.gov.cn' },
    stored: { gate: async () => stored.gate, rules: async () => stored.rules },
    search: {
      findPrompts(root) {
        searches.whole += 1;
        return candidatesIn(root);
      },
      findPromptsNear(nodes) {
        searches.near += 1;
        const found = [...nodes].flatMap((node) => candidatesIn(element(node)));
        return [...new Map(found.map((candidate) => [candidate.qr ?? candidate.place, candidate])).values()];
      },
      mayHavePrompt: () => true,
      mayHoldPrompt(nodes) {
        searches.checks += nodes.length;
        return nodes.some((node) => {
          const hasWord = node.textContent?.includes('CA') === true;
          return hasWord || (node.nodeType === 1 && candidateElements(element(node)).length > 0);
        });
      },
    },
    readQr(qr) {
      searches.reads += 1;
      return qrs.get(qr) ?? drawn;
    },
    connect(onMessage, onLost) {
      if (bench.isOrphaned) return undefined;
      const port: FakePort = {
        messages: [],
        isOpen: true,
        say: onMessage,
        lose() {
          port.isOpen = false;
          onLost();
        },
      };
      ports.push(port);
      return {
        send: (message) => void port.messages.push(message),
        close: () => void (port.isOpen = false),
      };
    },
    scheduler: time,
    ...changes,
  });
  const told = () => ports.flatMap(({ messages }) => messages);
  return Object.assign(bench, {
    detector,
    told,
    shown() {
      const shown = new Map<string, ObservedPrompt>();
      for (const message of told()) {
        if (message.type === 'prompt') shown.set(message.prompt.id, message.prompt);
        else shown.delete(message.id);
      }
      return shown;
    },
  });
}

const element = (node: Node): Element =>
  node.nodeType === 3 ? (node.parentElement as Element) : (node as Element);

function candidateElements(root: Document | ShadowRoot | Element): readonly Element[] {
  const selector = '[data-qr],[data-words]';
  const own = 'matches' in root && root.matches(selector) ? [root] : [];
  return [...own, ...root.querySelectorAll(selector)];
}

function candidatesIn(root: Document | ShadowRoot | Element): readonly PromptCandidate[] {
  return candidateElements(root)
    .filter((found) => found.isConnected && found.closest('[hidden]') === null)
    .map((found) => {
      const place = found.parentElement ?? found;
      const rule = found.getAttribute('data-qr');
      return {
        rule: rule ?? 'words',
        kind: rule === null ? 'keyWanted' : 'qr',
        scene: 'login',
        confidence: 0.9,
        words: place.textContent ?? '',
        place,
        ...(rule === null ? {} : { qr: found }),
        expired: place.classList.contains('expired'),
      };
    });
}

/** Makes an element from HTML. */
export function make(html: string): Element {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const [made] = holder.children;
  if (made === undefined) throw new Error('no element');
  return made;
}
