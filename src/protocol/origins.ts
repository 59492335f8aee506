import { sizeLimits } from './limits.ts';

const httpsOrigin = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;
const loopbackOrigin = /^http:\/\/127\.0\.0\.1(?::\d{1,5})?$/;

/**
 * True for a serialised origin on which the bridge could run at all: https, or http on the loopback address,
 * which browsers trust alike. Never for `"null"`, a path, user information or a wildcard.
 */
export function isTrustworthyOrigin(origin: string): boolean {
  return origin.length <= sizeLimits.origin && (httpsOrigin.test(origin) || loopbackOrigin.test(origin));
}
