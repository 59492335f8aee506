import type { ErrorCode } from './error-codes.ts';
import { errorCatalogue, type Locale } from './errors.ts';
import type { WireError } from './wire-error-schema.ts';

/** What a page or a window is told of `code`, in the user's language. */
export function wireError(code: ErrorCode, locale: Locale): WireError {
  const { retry, text } = errorCatalogue[code];
  const { title, cause, remedy } = text[locale];
  const message = locale === 'zh-CN' ? `${title}：${cause}${remedy}` : `${title}. ${cause} ${remedy}`;
  return { code, message, retry };
}
