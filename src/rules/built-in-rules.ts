import type { PromptRule } from '../protocol/prompt-rules.ts';
import { generalRules } from './general-rules.ts';
import { keyAndDriverRules } from './key-and-driver-rules.ts';
import { tradingSystemRules } from './trading-system-rules.ts';

/** The rules that every build has: the trading system as it is, and what Chinese bidding sites say. */
export const builtInRules: readonly PromptRule[] = [
  ...tradingSystemRules,
  ...generalRules,
  ...keyAndDriverRules,
];
