import type { DetectorOrders } from '../../protocol/observed-prompts.ts';
import type { PromptRule } from '../../protocol/prompt-rules.ts';
import { promptKinds, promptScenes } from '../../protocol/prompt-kinds.ts';

const mostRules = 100;
/** A host is the longest. A single character would stand on every page. */
const longestWord = 253;

/**
 * Decodes orders of the background; undefined for anything else. By hand: a schema library would be a fifth of the
 * whole script. The background has checked each rule against its schema; here only what the search relies on is.
 */
export function readOrders(message: unknown): DetectorOrders | undefined {
  if (!isRecord(message) || message['type'] !== 'rules' || typeof message['active'] !== 'boolean')
    return undefined;
  const further = readRules(message['further']);
  return further && { type: 'rules', active: message['active'], further: [...further] };
}

/** Rules as the background or the browser's managed policy gives them; undefined if one of them is none. */
export function readRules(rules: unknown): readonly PromptRule[] | undefined {
  return Array.isArray(rules) && rules.length <= mostRules && rules.every(isRule) ? rules : undefined;
}

function isRule(rule: unknown): rule is PromptRule {
  if (!isRecord(rule)) return false;
  const { id, kind, scene, words, confidence, also = [], never = [], expired = [], hosts = [] } = rule;
  return (
    typeof id === 'string' &&
    promptKinds.some((known) => known === kind) &&
    promptScenes.some((known) => known === scene) &&
    typeof confidence === 'number' &&
    confidence >= 0 &&
    confidence <= 1 &&
    Array.isArray(also) &&
    [words, never, expired, hosts, ...also].every(isWords) &&
    [rule['where'] ?? '', rule['platform'] ?? ''].every((text) => typeof text === 'string') &&
    isRecord(rule['qr'] ?? {})
  );
}

const isWords = (words: unknown): boolean =>
  Array.isArray(words) &&
  words.length <= mostRules &&
  words.every((word) => typeof word === 'string' && word.length > 1 && word.length <= longestWord);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
