import browser from 'webextension-polyfill';
import { CodedError } from '../../../protocol/coded-error.ts';
import { focusWindow } from '../runners/prompt-window.ts';
import { loadShownMirrors, saveShownMirrors } from './shown-mirrors.ts';

/** Windows that show found prompts: one a tab at most, which a newer prompt of the tab takes over. */
export interface MirrorWindows {
  /** Mirror that the tab's window shows, while it is open. */
  shownOf(tabId: number): string | undefined;
  windowOf(mirrorId: string): number | undefined;
  /** True once it had a window, also of an earlier worker. */
  wasShown(mirrorId: string): boolean;
  /** Puts the mirror into its tab's window, in front. @throws CodedError WINDOW_UNAVAILABLE */
  open(tabId: number, mirrorId: string): Promise<void>;
  closed(windowId: number): void;
}

const page = 'src/extension/prompt/prompt.html';
const size = { width: 440, height: 760 };
const mostRemembered = 100;

/** With what an earlier worker of this run of the browser had open. */
export async function createMirrorWindows(): Promise<MirrorWindows> {
  const { windows: open, shown: earlier } = await loadShownMirrors();
  const windows = new Map(open.map(({ tabId, windowId, mirrorId }) => [tabId, { windowId, mirrorId }]));
  const shown = new Set(earlier);

  function save(): void {
    for (const id of [...shown].slice(0, -mostRemembered)) shown.delete(id);
    const entries = [...windows].map(([tabId, entry]) => ({ tabId, ...entry }));
    saveShownMirrors({ windows: entries, shown: [...shown] });
  }

  async function place(tabId: number, mirrorId: string): Promise<number> {
    const entry = windows.get(tabId);
    if (entry?.mirrorId === mirrorId && (await focusWindow(entry.windowId))) return entry.windowId;
    const url = `${browser.runtime.getURL(page)}?mirror=${mirrorId}`;
    if (entry !== undefined && (await reuse(entry.windowId, url))) return entry.windowId;
    const { id } = await browser.windows.create({ url, type: 'popup', focused: true, ...size });
    if (id === undefined) throw new CodedError('WINDOW_UNAVAILABLE');
    return id;
  }

  return {
    shownOf: (tabId) => windows.get(tabId)?.mirrorId,
    windowOf: (mirrorId) => [...windows.values()].find((entry) => entry.mirrorId === mirrorId)?.windowId,
    wasShown: (mirrorId) => shown.has(mirrorId),
    async open(tabId, mirrorId) {
      shown.add(mirrorId);
      try {
        windows.set(tabId, { windowId: await place(tabId, mirrorId), mirrorId });
      } catch {
        windows.delete(tabId);
        throw new CodedError('WINDOW_UNAVAILABLE');
      } finally {
        save();
      }
    },
    closed(windowId) {
      for (const [tabId, entry] of windows) if (entry.windowId === windowId) windows.delete(tabId);
      save();
    },
  };
}

async function reuse(windowId: number, url: string): Promise<boolean> {
  try {
    const [tab] = (await browser.windows.get(windowId, { populate: true })).tabs ?? [];
    if (tab?.id === undefined) return false;
    await browser.tabs.update(tab.id, { url });
    await browser.windows.update(windowId, { focused: true, drawAttention: true });
    return true;
  } catch {
    return false;
  }
}
