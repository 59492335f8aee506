import type { ErrorCode } from './error-codes.ts';

/**
 * An error that already has its code of the catalogue. `detail` is for a log on this machine; it never crosses
 * to a page and holds neither secrets nor personal data.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = 'CodedError';
    this.code = code;
  }
}

/** The code of `error`, or `BRIDGE_INTERNAL` for anything that nobody foresaw. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof CodedError ? error.code : 'BRIDGE_INTERNAL';
}
