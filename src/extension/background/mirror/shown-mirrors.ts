import * as v from 'valibot';
import browser from 'webextension-polyfill';

const storageKey = 'shownMirrors';
const id = v.pipe(v.number(), v.integer());
const schema = v.strictObject({
  windows: v.array(v.strictObject({ tabId: id, windowId: id, mirrorId: v.string() })),
  /** Ids of mirrors that had a window, oldest first. */
  shown: v.array(v.string()),
});

/** What the next worker must know, so that no window that the user closed opens again. */
export type ShownMirrors = v.InferOutput<typeof schema>;

/** Of this run of the browser: ids of tabs and windows mean nothing in the next. */
export async function loadShownMirrors(): Promise<ShownMirrors> {
  const stored = await browser.storage.session.get(storageKey).catch(() => ({}));
  const decoded = v.safeParse(v.object({ [storageKey]: schema }), stored);
  return decoded.success ? decoded.output[storageKey] : { windows: [], shown: [] };
}

export function saveShownMirrors(shown: ShownMirrors): void {
  browser.storage.session.set({ [storageKey]: shown }).catch(() => undefined);
}
