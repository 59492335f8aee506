import type { Answer, Exchange } from '../http/exchange.ts';
import type { Place } from './routes.ts';

const extensionOrigin = /^chrome-extension:\/\/[a-p]{32}$/;

/** Whether a browser's page at this origin may call here. Callers without an origin are no pages. */
export function mayCall(place: Place, origin: string | undefined, phoneOrigins: readonly string[]): boolean {
  if (origin === undefined) return true;
  return place.caller === 'extension' ? extensionOrigin.test(origin) : phoneOrigins.includes(origin);
}

/** The answer to a preflight of a caller that may call. */
export function preflightAnswer(place: Place): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': Object.keys(place.routes).join(', '),
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    },
  };
}

/** `answer` with the header that lets the calling page read it. */
export function readableBy(exchange: Exchange, answer: Answer): Answer {
  const { origin } = exchange.headers;
  const allowed = origin === undefined ? {} : { 'access-control-allow-origin': origin };
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...allowed,
      'access-control-expose-headers': 'retry-after',
      vary: 'origin',
      'x-content-type-options': 'nosniff',
    },
  };
}
