import { jsonAnswer, type Answer } from '../http/exchange.ts';

/** Error codes of the document, with the statuses they come with. */
const statuses = {
  bad_request: 400,
  unsupported_protocol: 400,
  unsupported_scene: 400,
  unauthorized: 401,
  origin_not_allowed: 403,
  session_not_found: 404,
  already_scanned: 409,
  already_submitted: 409,
  not_confirmed: 409,
  not_identified: 409,
  session_ended: 410,
  too_large: 413,
  rate_limited: 429,
  server_error: 500,
} as const;

export type RelayErrorCode = keyof typeof statuses;

/** An error answer; `message` is for a log. `status` differs from the code's own only for `session_ended`. */
export function relayError(code: RelayErrorCode, message: string, status: number = statuses[code]): Answer {
  return jsonAnswer(status, { error: { code, message } });
}

export function rateLimited(seconds: number): Answer {
  const answer = relayError('rate_limited', `wait ${seconds} s`);
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}
