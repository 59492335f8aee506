import browser from 'webextension-polyfill';
import type { PromptRule } from '../../../protocol/prompt-rules.ts';
import { builtInRules } from '../../../rules/built-in-rules.ts';
import { compileRules } from '../../../rules/compile-rules.ts';
import { ruleKeys } from '../../../rules/compiled-rules.ts';
import { toHex } from '../../../lib/bytes.ts';
import { logError } from '../log.ts';

/** Keeps the rules of prompts where content scripts read them. */
export interface RulePublisher {
  /**
   * Puts the built-in rules and `further` there, and opens the session store to content scripts. Resolves with their
   * version once they can be read; never rejects.
   */
  publish(further: readonly PromptRule[]): Promise<string>;
}

/** Chromium has it; the polyfill's types do not. */
type OpenedArea = typeof browser.storage.session & {
  setAccessLevel?(options: { readonly accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' }): Promise<void>;
};

/**
 * The store is readable, and so writable, by every content script of ours: what one of them changed (a page that broke
 * out into its renderer, say) is put right at once, and nothing else in there is believed without a decoder.
 */
export function createRulePublisher(): RulePublisher {
  const area: OpenedArea = browser.storage.session;
  const opened = Promise.resolve(area.setAccessLevel?.({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' }));
  let current: Readonly<Record<string, { readonly version: string }>> = {};

  const write = () => area.set(current).catch((error: unknown) => logError('rules-not-published', error));

  browser.storage.onChanged.addListener((changes, areaName) => {
    if (areaName !== 'session') return;
    const isForeign = Object.entries(current).some(
      ([key, value]) => key in changes && JSON.stringify(changes[key]?.newValue) !== JSON.stringify(value),
    );
    if (isForeign) void write();
  });

  return {
    async publish(further) {
      await opened.catch((error: unknown) => logError('rules-not-published', error));
      const all = [...builtInRules, ...further];
      const version = await digestOf(all);
      if (current[ruleKeys.gate]?.version !== version) {
        const { gate, compiled } = compileRules(all, version);
        current = { [ruleKeys.gate]: gate, [ruleKeys.rules]: compiled };
        await write();
      }
      return version;
    },
  };
}

async function digestOf(rules: readonly PromptRule[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(rules));
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16));
}
