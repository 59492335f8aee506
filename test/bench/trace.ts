import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string } };
}

/** Running script, by the names that the browser gives it. */
const scriptEvents = new Set(['EvaluateScript', 'FunctionCall', 'v8.compile']);
const pageBeginning = new Set(['CommitLoad']);
const categories = ['devtools.timeline', 'v8', 'v8.execute', '__metadata'];

/** What main threads did for scripts of one origin. */
export interface ScriptCost {
  readonly events: number;
  /** Counted once where one event encloses another. */
  readonly milliseconds: number;
}

/** What the addresses of scripts start with. */
interface Prefixes {
  readonly ours: string;
  /** The page, whose beginning the trace has to show: scripts of document_start come after it. Absent: loaded before. */
  readonly page?: string;
}

/**
 * Traces the browser during `work` and adds up what our scripts did.
 * @throws Error when the trace began after the page, and so proves nothing
 */
export async function traceScripts(
  browser: Browser,
  page: Page,
  prefixes: Prefixes,
  work: () => Promise<void>,
): Promise<ScriptCost> {
  await browser.startTracing(page, { categories });
  await work();
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString('utf8'),
  );
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const onMainThread = (names: ReadonlySet<string>, prefix: string) =>
    traceEvents.filter(
      (event) =>
        event.ph === 'X' &&
        names.has(event.name) &&
        event.args?.data?.url?.startsWith(prefix) === true &&
        mainThreads.has(threadOf(event)),
    );
  if (prefixes.page !== undefined && onMainThread(pageBeginning, prefixes.page).length === 0) {
    throw new Error('the trace misses the page');
  }
  const ours = onMainThread(scriptEvents, prefixes.ours);
  return { events: ours.length, milliseconds: coveredMicroseconds(ours) / 1_000 };
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

/** All events are of one page, thus of one thread. */
function coveredMicroseconds(events: readonly TraceEvent[]): number {
  let covered = 0;
  let end = 0;
  for (const { ts, dur = 0 } of events.toSorted((a, b) => a.ts - b.ts)) {
    covered += Math.max(0, ts + dur - Math.max(ts, end));
    end = Math.max(end, ts + dur);
  }
  return covered;
}
