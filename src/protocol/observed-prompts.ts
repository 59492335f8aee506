import * as v from 'valibot';
import { milliseconds } from './bids.ts';
import { pageLimits } from './page-limits.ts';
import { platformIdSchema } from './platform-ids.ts';
import { promptKinds, promptScenes } from './prompt-kinds.ts';

/**
 * Detector (content script, every frame of a configured site) ⇄ background, on a runtime port named `detectorPortName`. Whoever
 * sends is judged by what the browser says of the sender; nothing here is believed beyond "a page shows this".
 */

/** Chosen by the detector, unique within its document. */
const promptIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));

/** A QR as the page draws it. */
export const observedQrSchema = v.variant('type', [
  /** Eight bits of grey a pixel, row by row from the top, base64; transparent pixels count as white. */
  v.strictObject({
    type: v.literal('pixels'),
    width: v.pipe(v.number(), v.integer(), v.minValue(21), v.maxValue(pageLimits.qrPictureSide)),
    height: v.pipe(v.number(), v.integer(), v.minValue(21), v.maxValue(pageLimits.qrPictureSide)),
    grey: v.pipe(v.string(), v.maxLength(pageLimits.base64QrPicture), v.regex(/^[A-Za-z0-9+/]+={0,2}$/)),
  }),
  /** The browser lets no script read it (`foreign`: a picture of another origin), or it is not drawn yet. */
  v.strictObject({ type: v.literal('unreadable'), why: v.picklist(['foreign', 'notDrawn']) }),
]);

export type ObservedQr = v.InferOutput<typeof observedQrSchema>;

export const observedPromptSchema = v.strictObject({
  id: promptIdSchema,
  /** Id of the rule that found it. */
  rule: v.pipe(v.string(), v.maxLength(60)),
  kind: v.picklist(promptKinds),
  scene: v.picklist(promptScenes),
  platform: v.optional(platformIdSchema),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** The page's own words around it, white space collapsed. */
  words: v.pipe(v.string(), v.maxLength(pageLimits.promptWords)),
  /** The page says that the QR cannot be scanned any more. */
  expired: v.boolean(),
  /** 开标时间 as the page shows it, read as Chinese time. */
  openingTime: v.optional(milliseconds),
  /** Of kind `qr`. */
  qr: v.optional(observedQrSchema),
});

export type ObservedPrompt = v.InferOutput<typeof observedPromptSchema>;

/** Detector → background. */
export const detectorMessageSchema = v.variant('type', [
  /** A prompt appeared, or one of this id changed: a new QR, expired, other words. */
  v.strictObject({ type: v.literal('prompt'), prompt: observedPromptSchema }),
  /** It is no longer on the page. The end of the port says so of all. */
  v.strictObject({ type: v.literal('gone'), id: promptIdSchema }),
]);

export type DetectorMessage = v.InferOutput<typeof detectorMessageSchema>;

/** Background → detector: once at the beginning, and whenever they change. */
export interface DetectorOrders {
  readonly type: 'orders';
  /** False: the user wants no detection on this site. */
  readonly active: boolean;
  /** Version of the rules that are in the session store now. */
  readonly rules: string;
}
