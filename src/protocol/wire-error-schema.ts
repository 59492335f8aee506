import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './error-codes.ts';
import { sizeLimits } from './limits.ts';

/** What crosses to the page of an error: nothing else of it does. */
export const wireErrorSchema = v.strictObject({
  code: v.custom<ErrorCode>(isErrorCode),
  /** One sentence in the user's language. */
  message: v.pipe(v.string(), v.maxLength(sizeLimits.errorMessage)),
  /** Whether asking again can help. */
  retry: v.boolean(),
});

export type WireError = v.InferOutput<typeof wireErrorSchema>;
