import type { ErrorCode } from '../protocol/error-codes.ts';
import type { WireError } from '../protocol/wire-error-schema.ts';

/** The one kind of error that the SDK rejects with. */
export class BridgeError extends Error {
  /** One of the closed catalogue (`protocol/error-codes.ts`). */
  readonly code: ErrorCode;
  /** Whether the same call can succeed when it is made again. */
  readonly retry: boolean;

  /** `message` is a sentence for the user, in the user's language where the bridge could tell it. */
  constructor({ code, message, retry }: WireError) {
    super(message);
    this.name = 'BridgeError';
    this.code = code;
    this.retry = retry;
  }
}

/** Sentences for the few errors that the SDK finds by itself, with no bridge to word them. */
const ownErrors = {
  BRIDGE_NOT_INSTALLED: [
    '此浏览器没有安装 CA互认桥，或它没有在此网站启用。CA Bridge is not installed or not enabled here.',
    false,
  ],
  BRIDGE_NOT_RESPONDING: [
    'CA互认桥 没有响应，请刷新网页重试。CA Bridge does not answer; reload the page.',
    true,
  ],
  INSECURE_CONTEXT: ['请使用以 https:// 开头的网址。This page is not loaded over https.', false],
  FRAME_NOT_ALLOWED: ['不支持嵌入的网页。CA Bridge does not serve frames.', false],
  API_VERSION_TOO_OLD: ['CA互认桥 版本过低，请更新。CA Bridge is too old for this site.', false],
  BAD_REQUEST: ['请求内容有误。The request cannot be handed to CA Bridge.', false],
  BRIDGE_INTERNAL: ['CA互认桥 的答复不完整，请重试。CA Bridge gave an incomplete answer.', true],
  REQUEST_ABORTED: ['操作已由网页中止。The page ended this request.', true],
} as const satisfies Partial<Record<ErrorCode, readonly [message: string, retry: boolean]>>;

/** An error that the SDK itself found. */
export function ownError(code: keyof typeof ownErrors): BridgeError {
  const [message, retry] = ownErrors[code];
  return new BridgeError({ code, message, retry });
}
