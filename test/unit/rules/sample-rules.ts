import { compileRules } from '../../../src/rules/compile-rules.ts';
import { prepareRules, type PreparedRule } from '../../../src/rules/prepared-rules.ts';
import type { PromptRule } from '../../../src/protocol/prompt-rules.ts';

/** A rule for QRs near 扫码登录, changed as told. */
export function loginRule(changes: Partial<PromptRule> = {}): PromptRule {
  return { id: 'sample', scene: 'login', kind: 'qr', words: ['扫码登录'], confidence: 0.9, ...changes };
}

/** A rule for prompts without QR. */
export function keyRule(changes: Partial<PromptRule> = {}): PromptRule {
  return {
    ...loginRule({ id: 'key', kind: 'keyWanted', scene: 'unknown', words: ['请插入CA锁'] }),
    ...changes,
  };
}

/** A picture of fitting size. */
export const picture = '<img src="q.png" width="200" height="200">';

/** `rules` as a content script has them in `page`. */
export function prepared(rules: readonly PromptRule[], page: Document): readonly PreparedRule[] {
  return prepareRules(compileRules(rules, 'test').compiled, page);
}
