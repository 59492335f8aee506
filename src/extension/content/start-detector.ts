import { detectorPortName } from '../../protocol/page-wire-names.ts';
import { findPrompts } from '../../rules/find-prompts.ts';
import { findPromptsNear } from '../../rules/find-prompts-near.ts';
import { mayHavePrompt } from '../../rules/may-have-prompt.ts';
import type { DetectorPort } from './detector-line.ts';
import { mayHoldPrompt } from './may-hold-prompt.ts';
import { createPromptDetector } from './prompt-detector.ts';
import { readQr } from './qr/read-qr.ts';
import { browserScheduler } from './scheduler.ts';
import { storedRules } from './stored-rules.ts';

/** Milliseconds after the page's text is there within which it is looked at. */
const firstLookWithin = 80;

/**
 * Finds prompts in this document from the time that its text is there. Reads the rules where the background keeps
 * them: one question to the browser a document, and no port while there is nothing to tell.
 */
export function startDetector(): void {
  // Until the text is there, next to nothing: this is the only part that comes before the page's own scripts.
  const beginSoon = () => browserScheduler.idle(begin, firstLookWithin);
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', beginSoon, { once: true });
  } else beginSoon();
}

function begin(): void {
  // Frames without an address of their own have their page's origin; a sandboxed one has none to be judged by.
  if (origin === 'null') return;
  const detector = createPromptDetector({
    document,
    context: { host: new URL(origin).hostname },
    stored: storedRules,
    search: { findPrompts, findPromptsNear, mayHavePrompt, mayHoldPrompt },
    readQr,
    connect(onMessage, onLost) {
      // A page without prompts has nothing to take back when it is left.
      window.addEventListener('pagehide', detector.leave, { once: true });
      window.addEventListener('pageshow', detector.wake);
      return connect(onMessage, onLost);
    },
    scheduler: browserScheduler,
  });
  void detector.learn();
}

function connect(onMessage: (message: unknown) => void, onLost: () => void): DetectorPort | undefined {
  // The id is gone once this script's extension was updated or removed.
  if (chrome.runtime?.id === undefined) return undefined;
  try {
    const port = chrome.runtime.connect({ name: detectorPortName });
    port.onMessage.addListener(onMessage);
    port.onDisconnect.addListener(onLost);
    return { send: (message) => port.postMessage(message), close: () => port.disconnect() };
  } catch {
    return undefined;
  }
}
