import * as v from 'valibot';
import { platformIdSchema } from './platform-ids.ts';
import { promptKinds, promptScenes } from './prompt-kinds.ts';

/**
 * Rules by which prompts of certificate apps are recognised on pages that know nothing of the bridge. They are data:
 * words are compared as they are, never as patterns, so that a rule of managed policy can neither run nor stall.
 */
const wordSchema = v.pipe(v.string(), v.minLength(2), v.maxLength(40));
const wordsSchema = (most: number) => v.pipe(v.array(wordSchema), v.minLength(1), v.maxLength(most));
/** One plain CSS selector; the matcher ignores a rule whose selector the browser does not know. */
const selectorSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.regex(/^[^{}<>@\\]+$/));

export const promptRuleSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/)),
  scene: v.picklist(promptScenes),
  kind: v.picklist(promptKinds),
  /** One of these stands in the prompt. White space and case do not count. */
  words: wordsSchema(60),
  /** Of each group one stands there too. */
  also: v.optional(v.pipe(v.array(wordsSchema(60)), v.maxLength(5))),
  /** None of these stands there: payment, app download, other logins, articles. */
  never: v.optional(wordsSchema(100)),
  /** The prompt lies within such an element; anywhere unless told. */
  where: v.optional(selectorSchema),
  /** Where the QR is drawn, within the prompt; any square picture of fitting size unless told. */
  qr: v.optional(v.strictObject({ selector: v.optional(selectorSchema) })),
  /** Words that stand over a QR that cannot be scanned any more; the general ones unless told. */
  expired: v.optional(wordsSchema(20)),
  /** Hosts of pages on which the rule counts; all unless told. */
  hosts: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}$/))), v.maxLength(50))),
  platform: v.optional(platformIdSchema),
  /** 0 to 1: of several rules that fit one place, the one with the highest counts. */
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

export type PromptRule = v.InferOutput<typeof promptRuleSchema>;

export const promptRulesSchema = v.pipe(v.array(promptRuleSchema), v.maxLength(100));
