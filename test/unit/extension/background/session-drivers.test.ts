import { describe, expect, it, test } from 'vitest';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import { reduceSession } from '../../../../src/extension/background/sessions/session-machine.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import { sessionDrivers, type SessionDriver } from '../../../../src/protocol/drivers.ts';
import type { ErrorCode } from '../../../../src/protocol/error-codes.ts';
import { timeLimits } from '../../../../src/protocol/limits.ts';
import { sessionStates, type SessionState } from '../../../../src/protocol/session-states.ts';
import {
  choice,
  late,
  localIn,
  localRelay,
  relayEvent,
  siteIn,
  siteRelay,
  taken,
  workOf,
} from '../../../support/driver-samples.ts';
import {
  arranged,
  documents,
  otherRelay,
  relay,
  sessionIn,
  start,
  token,
} from '../../../support/session-samples.ts';

const { businessId } = relay;
const toBeSigned = ['AAAA'];
const inState: Readonly<Record<SessionDriver, (state: SessionState) => SessionRecord>> = {
  relay: sessionIn,
  site: siteIn,
  local: localIn,
};
const messageIn = (state: SessionState, more: Partial<SessionRecord> = {}) =>
  localIn(state, {
    request: { scene: 'messageSignature', params: { form: 'detached', isText: false }, names: ['a'] },
    signing: { documents },
    ...more,
  });

describe('a choice of a key that does not fit', () => {
  test.each(sessionStates.filter((state) => state !== 'awaitingScan'))('changes nothing in %s', (state) => {
    const session = localIn(state);
    expect(reduceSession(session, choice('SM2/1'), start)).toBe(session);
  });

  it('changes nothing where the service did not list it', () => {
    const session = localIn('awaitingScan');
    for (const key of ['SM2/3', '', 'SM2/1 '])
      expect(reduceSession(session, choice(key), start)).toBe(session);
  });

  it.each(['relay', 'site'] as const)('changes nothing in a session of driver %s', (driver) => {
    const session = { ...inState[driver]('awaitingScan'), relay: { ...relay, ...localRelay } };
    expect(reduceSession(session, choice('SM2/1'), start)).toBe(session);
  });

  it('changes nothing once another is chosen', () => {
    const first = reduceSession(localIn('awaitingScan'), choice('SM2/1'), start);
    expect(reduceSession(first, choice('SM2/2'), start)).toBe(first);
  });
});

describe('a driver that does not fit', () => {
  it.each(['relay', 'local'] as const)('never becomes `site` where the page did not say so: %s', (driver) => {
    for (const state of sessionStates) {
      const session = inState[driver](state);
      expect(reduceSession(session, taken('site'), start)).toBe(session);
    }
  });

  it('never replaces the page’s own', () => {
    for (const state of sessionStates) {
      const session = siteIn(state);
      for (const driver of ['relay', 'local'] as const) {
        expect(reduceSession(session, taken(driver), start)).toBe(session);
      }
    }
  });

  it('is not taken from the page twice', () => {
    for (const state of sessionStates.filter((other) => other !== 'requested')) {
      const session = siteIn(state);
      expect(reduceSession(session, taken('site'), start)).toBe(session);
    }
  });
});

describe('events that come late, twice or out of order', () => {
  test.each(sessionStates)('keys that are listed late in %s are nobody’s to release', (state) => {
    const session = localIn(state, { openingId: 'opening-9' });
    const opened: SessionEvent = {
      type: 'opened',
      openingId: 'opening-0',
      platform: 'yun-you-cai',
      driver: 'local',
      relay: { ...localRelay, businessId: 'another' },
    };
    expect(reduceSession(session, opened, start)).toBe(session);
  });

  test.each(sessionStates.filter((state) => state !== 'preparing'))(
    'a page’s QR that comes late in %s is released at the page',
    (state) => {
      const opened: SessionEvent = {
        type: 'opened',
        openingId: 'opening-0',
        platform: 'zhongzhao-hulian',
        driver: 'site',
        relay: { ...siteRelay, businessId: 'another' },
      };
      const next = reduceSession(siteIn(state), opened, start);
      expect(next).toMatchObject({ state, releases: [{ driver: 'site', relay: { businessId: 'another' } }] });
    },
  );

  it.each([
    ['a second scan', messageIn('scanned'), relayEvent('scanned', 1)],
    ['an event before the key is chosen', localIn('awaitingScan'), relayEvent('scanned', 2)],
    [
      'an event of another session',
      localIn('scanned'),
      { ...relayEvent('confirmed', 2), businessId: 'older' },
    ],
    [
      'a result of another session',
      localIn('confirmed'),
      { type: 'resultRead', businessId: otherRelay.businessId, result: token },
    ],
    [
      'bytes that are submitted twice',
      siteIn('signing', { signing: { ...arranged, toBeSigned, submitted: true } }),
      { type: 'submitted', businessId, signingNumber: '12' },
    ],
  ] satisfies [string, SessionRecord, SessionEvent][])('%s changes nothing', (_name, session, told) => {
    expect(reduceSession(session, told, start)).toBe(session);
  });

  it.each([
    ['relay', 'FRONT_SERVER_PROTOCOL'],
    ['site', 'SITE_FLOW_PROTOCOL'],
    ['local', 'BRIDGE_INTERNAL'],
  ] satisfies [SessionDriver, ErrorCode][])(
    'by driver %s what cannot follow ends with %s',
    (driver, code) => {
      const session = inState[driver]('scanned');
      const next = reduceSession(session, relayEvent('identified', session.lastSequence + 1), start);
      expect(next).toMatchObject({ state: 'failed', outcome: { error: code } });
    },
  );

  it.each(['relay', 'local'] as const)('a login without a result is none: driver %s', (driver) => {
    const next = reduceSession(inState[driver]('confirmed'), { type: 'resultRead', businessId }, start);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'BRIDGE_INTERNAL' } });
  });
});

describe('time', () => {
  const silent: Readonly<Record<SessionDriver, ErrorCode>> = {
    relay: 'FRONT_SERVER_TIMEOUT',
    site: 'SITE_FLOW_TIMEOUT',
    local: 'VENDOR_SILENT',
  };
  test.each(sessionDrivers)('that is up says who was silent: driver %s', (driver) => {
    for (const state of ['preparing', 'confirmed'] as const) {
      const next = reduceSession(inState[driver](state), { type: 'deadlineReached' }, late);
      expect(next).toMatchObject({ state: 'failed', outcome: { error: silent[driver] } });
    }
  });

  it('leaves a page the time of its answer', () => {
    const preparing = reduceSession(siteIn('requested'), taken('site'), start);
    expect(preparing.deadline).toBeGreaterThan(start + timeLimits.siteAnswer);
    const confirmed = reduceSession(siteIn('scanned'), relayEvent('confirmed', 2), start);
    expect(confirmed.deadline).toBeGreaterThan(start + timeLimits.siteAnswer);
  });

  it('leaves the PIN window the time of a confirmation, and says then that it kept silent', () => {
    const scanned = reduceSession(localIn('awaitingScan'), choice('SM2/1'), start);
    expect(scanned.deadline).toBe(start + timeLimits.confirmation);
    expect(reduceSession(scanned, { type: 'deadlineReached' }, scanned.deadline)).toMatchObject({
      state: 'failed',
      outcome: { error: 'VENDOR_SILENT' },
    });
    const confirmed = reduceSession(scanned, relayEvent('confirmed', 2), start);
    expect(confirmed.deadline).toBeGreaterThan(start + timeLimits.confirmation);
  });

  it('makes keys that nobody chose lapse, to be listed anew', () => {
    const expired = reduceSession(localIn('awaitingScan'), { type: 'deadlineReached' }, late);
    expect(expired.state).toBe('expired');
    const again = reduceSession(expired, { type: 'renewalRequested', openingId: 'opening-2' }, start);
    expect(workOf(again)).toEqual(['openRelay']);
  });
});
