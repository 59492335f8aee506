/** Who can act on an error. */
export type ErrorGroup = 'user' | 'site' | 'administrator' | 'platform' | 'machine' | 'bridge';

/**
 * The closed list of everything that can go wrong, by who can act. Texts are in `errors.ts`; a code without
 * texts does not compile.
 */
export const errorGroups = {
  USER_CANCELLED: 'user',
  USER_REFUSED: 'user',
  QR_EXPIRED: 'user',
  CONFIRMATION_TIMEOUT: 'user',
  TOO_MANY_DISMISSALS: 'user',
  DOCUMENT_NOT_PDF: 'user',
  DOCUMENT_ENCRYPTED: 'user',
  DOCUMENT_DAMAGED: 'user',
  DOCUMENT_UNSUPPORTED: 'user',
  DOCUMENT_LOCKED: 'user',
  DOCUMENT_EMPTY: 'user',
  DOCUMENT_GONE: 'user',
  SEAL_PLACE_OUTSIDE: 'user',
  SEAL_PICTURE_UNSUPPORTED: 'user',
  SEAL_UNUSABLE: 'user',
  SEAL_NOT_YOURS: 'user',
  SEAL_NOT_LAST: 'user',
  SEAL_NOT_FOUND: 'user',
  SIGNER_EXPIRED: 'user',
  SIGNER_NOT_FOR_SIGNING: 'user',
  SIGNER_REVOKED: 'user',
  SIGNER_UNTRUSTED: 'user',
  SIGNER_UNREADABLE: 'user',

  BAD_REQUEST: 'site',
  REQUEST_ABORTED: 'site',
  PAGE_GONE: 'site',
  ORIGIN_NOT_ALLOWED: 'site',
  FRAME_NOT_ALLOWED: 'site',
  INSECURE_CONTEXT: 'site',
  SESSION_BUSY: 'site',
  TOO_MANY_REQUESTS: 'site',
  API_VERSION_TOO_OLD: 'site',
  TOKEN_MALFORMED: 'site',
  TOKEN_ORIGIN_MISMATCH: 'site',
  TOKEN_SIGNATURE_INVALID: 'site',
  CHALLENGE_UNKNOWN: 'site',
  CHALLENGE_STALE: 'site',
  CHALLENGE_REUSED: 'site',
  CERTIFICATE_MALFORMED: 'site',
  CERTIFICATE_NOT_YET_VALID: 'site',
  CERTIFICATE_EXPIRED: 'site',
  CERTIFICATE_UNTRUSTED: 'site',
  CERTIFICATE_KEY_USAGE: 'site',

  PLATFORM_NOT_CONFIGURED: 'administrator',
  POLICY_INVALID: 'administrator',

  FRONT_SERVER_UNREACHABLE: 'platform',
  FRONT_SERVER_TIMEOUT: 'platform',
  FRONT_SERVER_BUSY: 'platform',
  FRONT_SERVER_FAILED: 'platform',
  FRONT_SERVER_PROTOCOL: 'platform',
  FRONT_SERVER_REFUSED: 'platform',
  RESULT_MISMATCH: 'platform',
  SIGNATURE_MISMATCH: 'platform',

  CLIENT_NOT_FOUND: 'machine',
  CLIENT_FORBIDDEN: 'machine',
  CLIENT_BLOCKED: 'machine',
  CLIENT_EXITED: 'machine',
  CLIENT_PROTOCOL: 'machine',
  CLIENT_TIMEOUT: 'machine',
  CLIENT_BUSY: 'machine',
  CLIENT_TOO_OLD: 'machine',
  DISK_FULL: 'machine',
  FILE_CHANGED: 'machine',
  FILE_INCOMPLETE: 'machine',
  FILE_TOO_LARGE: 'machine',
  FILE_UNKNOWN: 'machine',
  STORAGE_UNAVAILABLE: 'machine',
  WINDOW_UNAVAILABLE: 'machine',
  BROWSER_TOO_OLD: 'machine',

  BRIDGE_NOT_INSTALLED: 'bridge',
  BRIDGE_NOT_RESPONDING: 'bridge',
  BRIDGE_RELOAD_NEEDED: 'bridge',
  BRIDGE_INTERNAL: 'bridge',
} as const satisfies Record<string, ErrorGroup>;

export type ErrorCode = keyof typeof errorGroups;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorGroups, value);
}
