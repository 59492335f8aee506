import type { RuleGate } from '../../rules/compiled-rules.ts';
import { prepareRules, type PreparedRule } from '../../rules/prepared-rules.ts';
import type { StoredRules } from './stored-rules.ts';

export interface RuleReaderParts {
  readonly document: Document;
  readonly stored: StoredRules;
  /** The background has put none there yet. */
  readonly onMissing: () => void;
  /** There is a gate; `isNew`: another than before. */
  readonly onGate: (isNew: boolean) => void;
  /** The rules of that gate are there too. */
  readonly onRules: () => void;
}

/** The rules of one document: their gate from the beginning, themselves when the gate is first passed. */
export interface RuleReader {
  readonly gate: (RuleGate & { readonly words: RegExp }) | undefined;
  readonly rules: readonly PreparedRule[] | undefined;
  /** Reads which rules there are now. */
  learn(): Promise<void>;
  /** Reads the rules of the gate. */
  read(): Promise<void>;
}

export function createRuleReader({
  document,
  stored,
  onMissing,
  onGate,
  onRules,
}: RuleReaderParts): RuleReader {
  let gate: RuleReader['gate'];
  let rules: RuleReader['rules'];
  let isReading = false;

  async function learn(): Promise<void> {
    const found = await stored.gate();
    if (found === undefined) return onMissing();
    const isNew = found.version !== gate?.version;
    if (isNew) {
      gate = { ...found, words: new RegExp(found.pattern) };
      rules = undefined;
    }
    onGate(isNew);
  }

  return {
    get gate() {
      return gate;
    },
    get rules() {
      return rules;
    },
    learn,
    async read() {
      if (isReading) return;
      isReading = true;
      const compiled = await stored.rules();
      isReading = false;
      // Others were published between the two.
      if (compiled === undefined || compiled.version !== gate?.version) return learn();
      rules = prepareRules(compiled, document);
      onRules();
    },
  };
}
