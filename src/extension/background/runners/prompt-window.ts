import browser from 'webextension-polyfill';
import { isEndState } from '../../../protocol/session-states.ts';
import type { SessionRecord } from '../../storage/session-record.ts';

const page = 'src/extension/prompt/prompt.html';
/** Scenes that show documents need room for a page. */
const sizes = {
  login: { width: 440, height: 760 },
  messageSignature: { width: 640, height: 820 },
  signature: { width: 1_100, height: 860 },
  revokeSignature: { width: 640, height: 820 },
  encrypt: { width: 640, height: 860 },
  decrypt: { width: 640, height: 860 },
} as const;

function promptUrl(sessionId: string): string {
  return `${browser.runtime.getURL(page)}?session=${sessionId}`;
}

/** Session that a page of ours shows, read from its address; undefined for any other page. */
export function sessionOfPrompt(url: string | undefined): string | undefined {
  const start = promptUrl('');
  return url?.startsWith(start) ? url.slice(start.length) : undefined;
}

/**
 * Puts the session into a window of its own, in front: one whose request has ended if there is one, else a new
 * one. Two live requests never share a window.
 * @returns the window's id
 */
export async function showInWindow(
  session: SessionRecord,
  sessions: readonly SessionRecord[],
): Promise<{ readonly windowId: number; readonly replaced?: SessionRecord }> {
  for (const ended of sessions.filter((other) => isEndState(other.state))) {
    if (ended.windowId !== undefined && (await reuse(ended.windowId, session))) {
      return { windowId: ended.windowId, replaced: ended };
    }
  }
  const created = await browser.windows.create({
    url: promptUrl(session.id),
    type: 'popup',
    focused: true,
    ...sizes[session.request.scene],
  });
  if (created.id === undefined) throw new Error('the browser gave the window no id');
  return { windowId: created.id };
}

async function reuse(windowId: number, session: SessionRecord): Promise<boolean> {
  try {
    const [tab] = (await browser.windows.get(windowId, { populate: true })).tabs ?? [];
    if (tab?.id === undefined) return false;
    await browser.tabs.update(tab.id, { url: promptUrl(session.id) });
    await browser.windows.update(windowId, {
      focused: true,
      drawAttention: true,
      ...sizes[session.request.scene],
    });
    return true;
  } catch {
    return false;
  }
}

/** Brings a window to the front; false when it is no longer there. */
export async function focusWindow(windowId: number): Promise<boolean> {
  return browser.windows.update(windowId, { focused: true }).then(
    () => true,
    () => false,
  );
}

export async function windowExists(windowId: number): Promise<boolean> {
  return browser.windows.get(windowId).then(
    () => true,
    () => false,
  );
}
