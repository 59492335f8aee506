import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import { codeOf, CodedError } from '../../protocol/coded-error.ts';
import { timeLimits } from '../../protocol/limits.ts';
import type { Scene } from '../../protocol/scenes.ts';
import type { SiteQuestionParams, SiteState } from '../../protocol/site-flow.ts';
import type { NumberedRelayEvent, Platform, PlatformEnvironment } from '../platform.ts';
import type { SiteChannel } from './site-channel.ts';

/** Between two questions where the page says nothing new, or fails. */
const pauseMs = 500;

type Awaited = SiteQuestionParams<'state'>['after'];

/**
 * Events of a QR whose state the page tells. An event's number is its place in the order of states, so that nothing
 * needs to be remembered; a state that the page has not seen between two questions is an event all the same.
 * @throws CodedError `SITE_FLOW_PROTOCOL` for a state that cannot follow
 */
export function siteEvents(channel: SiteChannel, scene: Scene): Platform['events'] {
  const order: readonly (Awaited | 'confirmed')[] =
    scene === 'login'
      ? ['waiting', 'scanned', 'confirmed']
      : ['waiting', 'scanned', 'identified', 'confirmed'];

  /** What has happened since `after`, by what is the case now. */
  function eventsUntil(state: SiteState, after: number): readonly NumberedRelayEvent[] {
    if (state === 'expired') return [{ sequence: after + 1, type: state }];
    if (state === 'refused') {
      // Nobody refuses what nobody has scanned.
      const first = after === 0 ? eventsUntil('scanned', after) : [];
      return [...first, { sequence: after + first.length + 1, type: state }];
    }
    const now = order.findIndex((known) => known === state);
    const isTooEarly = scene !== 'login' && state === 'confirmed' && after < order.indexOf('identified');
    if (now === -1 || isTooEarly)
      throw new CodedError('SITE_FLOW_PROTOCOL', `${state} after ${order[after]}`);
    return order
      .slice(after + 1, now + 1)
      .filter((step): step is Exclude<typeof step, 'waiting'> => step !== 'waiting')
      .map((type, index): NumberedRelayEvent => ({ sequence: after + 1 + index, type }));
  }

  return async ({ businessId }, after, environment, signal) => {
    const before = order[after];
    if (before === undefined || before === 'confirmed') {
      await environment.pause(pauseMs, signal);
      return [];
    }
    const ask = () => channel.ask('state', { businessId, after: before }, signal);
    const { state } = await persistently(ask, environment, signal);
    const events = eventsUntil(state, after);
    if (events.length === 0) await environment.pause(pauseMs, signal);
    return events;
  };
}

/** Repeats what fails on the page's side until `timeLimits.preparation` is over. */
async function persistently<T>(
  ask: () => Promise<T>,
  { now, pause }: Pick<PlatformEnvironment, 'now' | 'pause'>,
  signal: AbortSignalLike,
): Promise<T> {
  const end = now() + timeLimits.preparation;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (codeOf(error) !== 'SITE_FLOW_FAILED' || now() + pauseMs >= end) throw error;
      await pause(pauseMs, signal);
    }
  }
}
