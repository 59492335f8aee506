import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './error-codes.ts';
import { countLimits } from './limits.ts';
import { localServiceAddresses } from './local-service-addresses.ts';
import { localServiceTextFits } from './local-service-texts.ts';

/*
 * Between the page's script, the content script beside it and the background, for the local-service bridge. A page may
 * forge any of these: they reach `localServiceAddresses` and nothing else.
 */

/** Chosen by the page's script, unique in its document. */
const idSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const textSchema = v.pipe(v.string(), v.check(localServiceTextFits));

/** What the page's side wants. */
export const localServiceOrderSchema = v.variant('type', [
  v.strictObject({ type: v.literal('connect'), id: idSchema, address: v.picklist(localServiceAddresses) }),
  v.strictObject({ type: v.literal('send'), id: idSchema, text: textSchema }),
  /** The page has taken the texts that came last: the next ones may come. */
  v.strictObject({ type: v.literal('taken'), id: idSchema }),
  v.strictObject({ type: v.literal('close'), id: idSchema }),
]);
export type LocalServiceOrder = v.InferOutput<typeof localServiceOrderSchema>;

/** What comes back, after `connect` at the earliest. */
export const localServiceNewsSchema = v.variant('type', [
  v.strictObject({ type: v.literal('open'), id: idSchema }),
  /** The next ones come after `taken`. */
  v.strictObject({
    type: v.literal('texts'),
    id: idSchema,
    texts: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(countLimits.localServiceMessages)),
  }),
  /** The last that comes under this id: the service closed, or `code` says why there is no connection. */
  v.strictObject({
    type: v.literal('closed'),
    id: idSchema,
    code: v.optional(v.custom<ErrorCode>(isErrorCode)),
  }),
]);
export type LocalServiceNews = v.InferOutput<typeof localServiceNewsSchema>;
