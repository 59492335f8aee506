import type { Scheduler } from './scheduler.ts';

/** Nodes beneath which something changes again and again, in vain for us: tickers, lists that grow. */
export interface HotTargets {
  /** True for one of them; what changed there is checked as a whole within two seconds. */
  isHot(target: Node): boolean;
  /**
   * What changed there was checked in vain, or as much as so many checks. The page's body never becomes hot, for
   * dialogs are put into it.
   */
  heat(target: Node, checks?: number): void;
}

/** Checks in vain, all within `coolAfter` milliseconds, after which a node is hot; of one with text alone a quarter. */
const mostChecks = 16;
const ofText = 4;
const coolAfter = 2_000;
const mostNodes = 50;

/** @param check of a node that was hot and has changed; true where it is worth a look now */
export function createHotTargets(scheduler: Scheduler, check: (target: Node) => boolean): HotTargets {
  const heats = new Map<Node, number>();
  const passedOver = new Set<Node>();
  let begun = 0;
  let isScheduled = false;

  function cool(): void {
    isScheduled = false;
    const changed = [...passedOver].filter(({ isConnected }) => isConnected);
    heats.clear();
    passedOver.clear();
    for (const target of changed) if (!check(target)) heats.set(target, mostChecks);
  }

  const isHot = (target: Node): boolean => heats.size > 0 && (heats.get(target) ?? 0) >= mostChecks;

  return {
    isHot(target) {
      if (!isHot(target)) return false;
      passedOver.add(target);
      if (!isScheduled) {
        isScheduled = true;
        scheduler.after(cool, coolAfter);
      }
      return true;
    },
    heat(target, checks = 1) {
      if (target === target.ownerDocument?.body || isHot(target)) return;
      const now = scheduler.now();
      if (heats.size > mostNodes || (Math.abs(now - begun) > coolAfter && !isScheduled)) {
        heats.clear();
        begun = now;
      }
      const isText = (target as Partial<Element>).firstElementChild === null;
      heats.set(target, (heats.get(target) ?? 0) + (isText ? mostChecks / ofText : checks));
    },
  };
}
