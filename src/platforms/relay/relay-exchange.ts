import * as v from 'valibot';
import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { relayErrorSchema } from '../../protocol/relay-messages.ts';
import type {
  HttpAnswer,
  HttpFailure,
  HttpRequest,
  PlatformEnvironment,
  PlatformHandle,
} from '../platform.ts';

const firstPauseMs = 250;
const longestPauseMs = 2_000;

/** What a failed exchange means, and whether another try may help. */
interface Verdict {
  readonly code: ErrorCode;
  readonly transient: boolean;
}

const failureVerdicts: Readonly<Record<HttpFailure, Verdict>> = {
  unreachable: { code: 'FRONT_SERVER_UNREACHABLE', transient: true },
  timeout: { code: 'FRONT_SERVER_TIMEOUT', transient: true },
  tooLarge: { code: 'FRONT_SERVER_PROTOCOL', transient: false },
  aborted: { code: 'REQUEST_ABORTED', transient: false },
};

export interface RelayCall extends Omit<HttpRequest, 'timeoutMs'> {
  /** How long the front server may hold the request before it answers. */
  readonly holdMs?: number;
  /** One exchange beyond that; `timeLimits.frontServerExchange` unless told, as what is large may take longer. */
  readonly exchangeMs?: number;
}

/**
 * One call of relay protocol v1: repeats transient failures with growing pauses until `withinMs` is over, decodes
 * the answer, and throws a CodedError for everything else.
 */
export async function exchange<Schema extends v.GenericSchema>(
  request: RelayCall,
  schema: Schema,
  withinMs: number,
  environment: PlatformEnvironment,
  signal: AbortSignalLike,
): Promise<v.InferOutput<Schema>> {
  const { holdMs = 0, exchangeMs = timeLimits.frontServerExchange, ...rest } = request;
  const end = environment.now() + withinMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const left = end - environment.now();
    const timeoutMs = holdMs + Math.max(1, Math.min(exchangeMs, left));
    const outcome = await environment.http({ ...rest, timeoutMs }, signal);
    if ('status' in outcome && outcome.status < 300) return decode(outcome, schema);

    const verdict = 'status' in outcome ? judgeStatus(outcome) : failureVerdicts[outcome.failure];
    if (!verdict.transient || environment.now() + pauseMs >= end) {
      throw new CodedError(verdict.code, 'status' in outcome ? `status ${outcome.status}` : outcome.failure);
    }
    await environment.pause(pauseMs, signal);
    if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
  }
}

function judgeStatus(answer: HttpAnswer): Verdict {
  const { status } = answer;
  if (status === 429) return { code: 'FRONT_SERVER_BUSY', transient: false };
  if (status === 404 || status === 410) return { code: 'QR_EXPIRED', transient: false };
  if (status === 403) return { code: 'FRONT_SERVER_REFUSED', transient: false };
  if (status === 400 && isUnsupported(answer.body)) return { code: 'FRONT_SERVER_REFUSED', transient: false };
  if (status >= 500) return { code: 'FRONT_SERVER_FAILED', transient: true };
  return { code: 'FRONT_SERVER_PROTOCOL', transient: false };
}

function isUnsupported(body: string): boolean {
  const parsed = v.safeParse(relayErrorSchema, parseJson(body));
  return parsed.success && parsed.output.error.code.startsWith('unsupported_');
}

function decode<Schema extends v.GenericSchema>(answer: HttpAnswer, schema: Schema): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parseJson(answer.body));
  if (!parsed.success) throw new CodedError('FRONT_SERVER_PROTOCOL', 'answer does not match its schema');
  return parsed.output;
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A call for the session of `handle`. */
export function sessionCall(
  method: HttpRequest['method'],
  frontServer: string,
  handle: PlatformHandle,
  path: string,
): RelayCall {
  return { method, url: `${frontServer}/sessions/${handle.businessId}/${path}`, secret: handle.secret };
}

/** @throws CodedError `FRONT_SERVER_PROTOCOL` for an answer about another session */
export function requireSameId(businessId: string, handle: PlatformHandle): void {
  if (businessId !== handle.businessId) throw new CodedError('FRONT_SERVER_PROTOCOL', 'foreign business id');
}
