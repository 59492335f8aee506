import { errorPlaces } from './error-places.ts';
import { systemCodeOf } from './failure-of.ts';
import type { LogEvent } from './log.ts';

/** What the log says of an error that nobody foresaw: where in our program it arose, and the system's code of it. */
export function failedEvent(error: unknown): LogEvent {
  const systemCode = systemCodeOf(error);
  return {
    event: 'failed',
    places: errorPlaces(error),
    ...(systemCode === undefined ? {} : { systemCode }),
  };
}
