import { ruleKeys, type CompiledRules, type RuleGate } from '../../rules/compiled-rules.ts';

/**
 * Rules as the background keeps them for content scripts: checked there, and typed here, since both ends ship
 * together. Undefined while it has not put them there, soon after the browser has started.
 */
export interface StoredRules {
  /** Few words that most pages do without; cheap to read on each of them. */
  gate(): Promise<RuleGate | undefined>;
  rules(): Promise<CompiledRules | undefined>;
}

export const storedRules: StoredRules = {
  gate: () => read<RuleGate>(ruleKeys.gate),
  rules: () => read<CompiledRules>(ruleKeys.rules),
};

/** The browser refuses before the background has opened its session store to content scripts. */
async function read<T>(key: string): Promise<T | undefined> {
  try {
    return (await chrome.storage.session.get(key))[key] as T | undefined;
  } catch {
    return undefined;
  }
}
