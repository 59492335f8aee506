import browser from 'webextension-polyfill';

const beatMs = 20_000;

/**
 * Keeps the worker from idling out (30 s without an extension event) while a session is live or a found prompt
 * is shown. Only comfort: a worker that is stopped all the same goes on from the store, and hears of prompts anew.
 */
export function createKeepAwake(): (live: boolean) => void {
  let beat: ReturnType<typeof setInterval> | undefined;
  return (live) => {
    if (live === (beat !== undefined)) return;
    clearInterval(beat);
    beat = live ? setInterval(() => void browser.runtime.getPlatformInfo(), beatMs) : undefined;
  };
}
