import type { DetectorOrders } from '../../protocol/observed-prompts.ts';

const longestVersion = 64;

/**
 * Decodes orders of the background; undefined for anything else. By hand: a schema library would be a fifth of the
 * whole script.
 */
export function readOrders(message: unknown): DetectorOrders | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, active, rules } = message as Readonly<Record<string, unknown>>;
  const isSound = type === 'orders' && typeof active === 'boolean' && typeof rules === 'string';
  return isSound && rules.length <= longestVersion ? { type, active, rules } : undefined;
}
