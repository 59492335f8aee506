import type { Scheduler } from './scheduler.ts';

/** Nodes that have what a prompt needs, but show none: it may be on its way, or an endless ticker shows such words. */
export interface DoubtfulNodes {
  /** True for one that was looked at too often to be looked at now; that it has changed is seen to later. */
  rests(node: Node): boolean;
  /** Counts a look at the node, and what it has found. */
  note(node: Node, hasPrompt: boolean): void;
}

/** Milliseconds until the next look at a node that does not change: dialogs fade in, pictures get their size. */
const nextLooks = [100, 200, 400, 1_000, 2_000, 3_000];
/** Looks at one node, all at once or over time: six, and one more every two seconds. */
const mostLooks = nextLooks.length;
const millisecondsALook = 2_000;
const mostNodes = 40;

interface Doubt {
  looks: number;
  countedAt: number;
  /** Looks since its last change. */
  tries: number;
  isScheduled: boolean;
}

export function createDoubtfulNodes(scheduler: Scheduler, lookAgain: (node: Node) => void): DoubtfulNodes {
  const doubts = new Map<Node, Doubt>();

  function hasLook(doubt: Doubt): boolean {
    const now = scheduler.now();
    doubt.looks = Math.min(mostLooks, doubt.looks + Math.max(0, now - doubt.countedAt) / millisecondsALook);
    doubt.countedAt = now;
    return doubt.looks >= 1;
  }

  function schedule(node: Node, doubt: Doubt, ms: number): void {
    if (doubt.isScheduled) return;
    doubt.isScheduled = true;
    scheduler.after(() => {
      doubt.isScheduled = false;
      if (doubts.get(node) !== doubt) return;
      if (!node.isConnected) doubts.delete(node);
      else if (hasLook(doubt)) lookAgain(node);
      else schedule(node, doubt, millisecondsALook);
    }, ms);
  }

  return {
    rests(node) {
      if (doubts.size === 0) return false;
      const doubt = doubts.get(node);
      if (doubt === undefined) return false;
      doubt.tries = 0;
      if (hasLook(doubt)) return false;
      schedule(node, doubt, millisecondsALook);
      return true;
    },
    note(node, hasPrompt) {
      let doubt = doubts.get(node);
      const next = nextLooks[doubt?.tries ?? 0];
      if (hasPrompt || next === undefined || (doubt === undefined && doubts.size >= mostNodes)) {
        doubts.delete(node);
        return;
      }
      doubt ??= { looks: mostLooks, countedAt: scheduler.now(), tries: 0, isScheduled: false };
      doubts.set(node, doubt);
      doubt.looks -= 1;
      doubt.tries += 1;
      schedule(node, doubt, next);
    },
  };
}
