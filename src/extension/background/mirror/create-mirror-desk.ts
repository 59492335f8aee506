import browser from 'webextension-polyfill';
import type { DirectoryEntry } from '../../../protocol/directory.ts';
import { countLimits } from '../../../protocol/limits.ts';
import { pageLimits } from '../../../protocol/page-limits.ts';
import type { DetectorOrders, ObservedPrompt } from '../../../protocol/observed-prompts.ts';
import type { PromptBehaviour } from '../../../protocol/settings.ts';
import { createOpeningLimit, mayOpen } from './may-open.ts';
import { mirrorIdOf } from './mirror-id.ts';
import type { DetectorSource, MirrorDesk } from './mirror-desk.ts';
import { createMirrorWindows, type MirrorWindows } from './mirror-windows.ts';
import { verdictOn, viewMirror, type Mirror } from './mirror.ts';
import { createQrReader } from './qr-reader.ts';

export interface MirrorDeskParts {
  /** Undefined while the user has not chosen for this site (origin of the top page). */
  readonly behaviourFor: (site: string) => PromptBehaviour | undefined;
  /** Version of the rules that content scripts can read; undefined while there are none. */
  readonly rules: () => string | undefined;
  readonly isPolicyRead: () => boolean;
  readonly directory: () => readonly DirectoryEntry[];
  /** A request of this tab's page runs: its own QR is in our window already. */
  readonly hasSession: (tabId: number) => boolean;
  readonly onChange: () => void;
  readonly now: () => number;
}

interface AttachedDocument {
  readonly source: DetectorSource;
  /** A frame's new port may come before the end of its old one is told. */
  ports: number;
  send(orders: DetectorOrders): void;
}

export function createMirrorDesk(parts: MirrorDeskParts): MirrorDesk {
  const { behaviourFor, onChange, now } = parts;
  const documents = new Map<string, AttachedDocument>();
  const mirrors = new Map<string, Mirror>();
  const removals = new Map<string, ReturnType<typeof setTimeout>>();
  const reader = createQrReader(now);
  const openings = createOpeningLimit(now);
  let windows: MirrorWindows | undefined;
  /** One after the other: what a document reports second must not overtake what it reported first. */
  let work: Promise<unknown> = createMirrorWindows().then((ready) => (windows = ready));

  function enqueue(task: () => Promise<void> | void): Promise<void> {
    const done = work.then(task);
    work = done.catch(() => undefined);
    return done;
  }

  /** For what nobody waits for: a window that does not open must not stop what comes after it. */
  const inTurn = (task: () => Promise<void> | void) => void enqueue(task).catch(() => undefined);

  function order({ source, send }: AttachedDocument): void {
    const rules = parts.rules();
    if (rules !== undefined) send({ type: 'orders', active: !isOff(source), rules });
  }

  const isOff = ({ topOrigin }: DetectorSource) => behaviourFor(topOrigin) === 'off';
  const verdictOf = (mirror: Mirror) => verdictOn(mirror, parts.directory());
  const isLive = ({ state }: Mirror) => state !== 'gone';

  function put(mirror: Mirror): void {
    mirrors.set(mirror.id, mirror);
    onChange();
  }

  function leave(mirror: Mirror): void {
    if (!isLive(mirror)) return;
    removals.set(
      mirror.id,
      setTimeout(() => remove(mirror.id), pageLimits.promptGone),
    );
    put({ ...mirror, state: 'gone' });
  }

  function remove(id: string): void {
    clearTimeout(removals.get(id));
    removals.delete(id);
    if (mirrors.delete(id)) onChange();
  }

  function hasRoom({ documentId }: DetectorSource): boolean {
    const live = [...mirrors.values()].filter(isLive);
    const ofDocument = live.filter(({ source }) => source.documentId === documentId);
    return live.length < countLimits.prompts && ofDocument.length < pageLimits.promptsPerDocument;
  }

  async function takePrompt(source: DetectorSource, prompt: ObservedPrompt): Promise<void> {
    if (!documents.has(source.documentId) || isOff(source)) return;
    const id = await mirrorIdOf(source.documentId, prompt.id);
    const known = mirrors.get(id);
    if ((known === undefined || !isLive(known)) && !hasRoom(source)) return;
    clearTimeout(removals.get(id));
    removals.delete(id);
    const { since = now(), content } = known ?? {};
    // Pages often cover an expired QR: what it was stays known.
    const kept = prompt.expired && content !== undefined ? { content } : {};
    await readQr({ id, source, since, state: prompt.expired ? 'expired' : 'shown', prompt, ...kept });
  }

  async function readQr(mirror: Mirror): Promise<void> {
    const { prompt, source, id } = mirror;
    if (prompt.qr?.type !== 'pixels') put(mirror);
    else {
      const reading = await reader.read(source.documentId, prompt.qr);
      if ('waitMs' in reading) {
        put({ ...mirror, waits: true });
        setTimeout(() => inTurn(() => readAgain(id, prompt)), reading.waitMs);
        return;
      }
      put({ ...mirror, ...(reading.content === undefined ? {} : { content: reading.content }) });
    }
    await considerOpening(id);
  }

  /** Unless something newer was reported meanwhile. */
  async function readAgain(id: string, prompt: ObservedPrompt): Promise<void> {
    const mirror = mirrors.get(id);
    if (mirror?.prompt !== prompt || !isLive(mirror)) return;
    const { waits: _, ...rest } = mirror;
    await readQr(rest);
  }

  async function considerOpening(id: string): Promise<void> {
    // Before policy is read nobody knows whether it wants windows; `refresh` comes after it.
    if (!parts.isPolicyRead()) return;
    const mirror = mirrors.get(id);
    if (mirror === undefined || windows === undefined || windows.wasShown(id)) return;
    const { tabId, topOrigin } = mirror.source;
    if (!mayOpen(mirror, verdictOf(mirror), behaviourFor(topOrigin)) || parts.hasSession(tabId)) return;
    const inFront = mirrors.get(windows.shownOf(tabId) ?? '');
    if (inFront?.state === 'shown' && inFront.prompt.confidence > mirror.prompt.confidence) return;
    if (!openings.take(topOrigin)) return;
    await windows.open(tabId, id);
    onChange();
  }

  function leaveDocument(documentId: string): void {
    for (const mirror of mirrors.values()) if (mirror.source.documentId === documentId) leave(mirror);
  }

  return {
    attach: (source, send) =>
      inTurn(() => {
        const ports = (documents.get(source.documentId)?.ports ?? 0) + 1;
        const document = { source, send: guarded(send), ports };
        documents.set(source.documentId, document);
        order(document);
      }),
    take: (source, message) =>
      inTurn(async () => {
        if (message.type === 'prompt') return takePrompt(source, message.prompt);
        const mirror = mirrors.get(await mirrorIdOf(source.documentId, message.id));
        if (mirror !== undefined) leave(mirror);
      }),
    detach: ({ documentId }) =>
      inTurn(() => {
        const document = documents.get(documentId);
        if (document === undefined || --document.ports > 0) return;
        documents.delete(documentId);
        reader.forget(documentId);
        leaveDocument(documentId);
      }),
    views: () =>
      [...mirrors.values()].map((mirror) =>
        viewMirror(mirror, verdictOf(mirror), {
          windowId: windows?.windowOf(mirror.id),
          asksBehaviour: behaviourFor(mirror.source.topOrigin) === undefined,
        }),
      ),
    show: (id) =>
      enqueue(async () => {
        const mirror = mirrors.get(id);
        if (mirror === undefined) return;
        await windows?.open(mirror.source.tabId, id);
        onChange();
      }),
    async showTab(id) {
      const tabId = mirrors.get(id)?.source.tabId;
      if (tabId === undefined) return;
      const { windowId } = await browser.tabs.update(tabId, { active: true });
      if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
    },
    windowClosed: (windowId) =>
      inTurn(() => {
        windows?.closed(windowId);
        onChange();
      }),
    refresh: () =>
      inTurn(async () => {
        for (const document of documents.values()) {
          order(document);
          if (isOff(document.source)) leaveDocument(document.source.documentId);
        }
        for (const id of mirrors.keys()) await considerOpening(id);
      }),
  };
}

/** The port may have ended already; its end is told next. */
function guarded(send: (orders: DetectorOrders) => void): (orders: DetectorOrders) => void {
  return (orders) => {
    try {
      send(orders);
    } catch {
      // See above.
    }
  };
}
