import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './error-codes.ts';
import { errorCatalogue, type Locale } from './errors.ts';
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

/** What a page or a window is told of `code`, in the user's language. */
export function wireError(code: ErrorCode, locale: Locale): WireError {
  const { retry, text } = errorCatalogue[code];
  const { title, cause, remedy } = text[locale];
  const message = locale === 'zh-CN' ? `${title}：${cause}${remedy}` : `${title}. ${cause} ${remedy}`;
  return { code, message, retry };
}
