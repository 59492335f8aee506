import { describe, expect, it, test } from 'vitest';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import { reduceSession } from '../../../../src/extension/background/sessions/session-machine.ts';
import { timeLimits } from '../../../../src/protocol/limits.ts';
import { isEndState, sessionStates, type SessionState } from '../../../../src/protocol/session-states.ts';
import { otherRelay, relay, sessionIn, start, token } from '../../../support/session-samples.ts';

const relayEvent = (
  kind: 'scanned' | 'confirmed' | 'refused' | 'expired' | 'cancelled',
  sequence: number,
  businessId = relay.businessId,
): SessionEvent => ({ type: 'relayEvent', businessId, sequence, kind });

const liveStates = sessionStates.filter((state) => !isEndState(state));
const late = start + 60_000;

describe('hostile and late events', () => {
  test.each(sessionStates)('an event of an older business id changes nothing in %s', (state) => {
    const session = sessionIn(state);
    for (const kind of ['scanned', 'confirmed', 'refused', 'expired', 'cancelled'] as const) {
      expect(
        reduceSession(session, relayEvent(kind, session.lastSequence + 1, 'older-business-id'), start),
      ).toBe(session);
    }
  });

  it.each(['awaitingScan', 'scanned'] as const)(
    'a replayed or skipping event changes nothing in %s',
    (state) => {
      const session = sessionIn(state);
      expect(reduceSession(session, relayEvent('scanned', session.lastSequence), start)).toBe(session);
      expect(reduceSession(session, relayEvent('scanned', session.lastSequence + 2), start)).toBe(session);
    },
  );

  it.each(['confirmed', 'refused'] as const)('%s before any scan breaks the protocol', (kind) => {
    const next = reduceSession(sessionIn('awaitingScan'), relayEvent(kind, 1), start);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'FRONT_SERVER_PROTOCOL' } });
  });

  it('a second scan breaks the protocol', () => {
    const next = reduceSession(sessionIn('scanned'), relayEvent('scanned', 2), start);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'FRONT_SERVER_PROTOCOL' } });
  });

  test.each(sessionStates)('a result of an older business id is dropped in %s', (state) => {
    const session = sessionIn(state);
    const event = { type: 'resultRead', businessId: otherRelay.businessId, result: token } as const;
    expect(reduceSession(session, event, start)).toBe(session);
  });

  test.each(sessionStates.filter((state) => state !== 'preparing'))(
    'a QR that comes late in %s is never shown, only released',
    (state) => {
      const session = sessionIn(state);
      const next = reduceSession(
        session,
        {
          type: 'opened',
          openingId: 'opening-0',
          platform: 'yue-qi-qian',
          driver: 'relay',
          relay: otherRelay,
        },
        start,
      );
      expect(next.state).toBe(state);
      expect(next.relay).toBe(session.relay);
      expect(next.releases).toEqual([{ platform: 'yue-qi-qian', driver: 'relay', relay: otherRelay }]);
    },
  );

  it.each(['succeeded', 'cancelled', 'failed'] as const)('nothing leads out of %s', (state) => {
    const session = sessionIn(state);
    const events: SessionEvent[] = [
      { type: 'choiceNeeded' },
      { type: 'platformChosen', platform: 'yue-qi-qian', driver: 'relay', openingId: 'x' },
      { type: 'renewalRequested', openingId: 'x' },
      { type: 'relayLost', businessId: relay.businessId },
      { type: 'resultRead', businessId: relay.businessId, result: token },
      { type: 'deadlineReached' },
      { type: 'cancelled', code: 'PAGE_GONE' },
      { type: 'failed', code: 'BRIDGE_INTERNAL' },
    ];
    for (const event of events) expect(reduceSession(session, event, late)).toBe(session);
  });
});

describe('the way of a login', () => {
  it('goes from request to success', () => {
    const events: [SessionEvent, SessionState][] = [
      [
        { type: 'platformChosen', platform: 'zhongzhao-hulian', driver: 'relay', openingId: 'opening-1' },
        'preparing',
      ],
      [
        { type: 'opened', openingId: 'opening-1', platform: 'zhongzhao-hulian', driver: 'relay', relay },
        'awaitingScan',
      ],
      [relayEvent('scanned', 1), 'scanned'],
      [relayEvent('confirmed', 2), 'confirmed'],
      [{ type: 'resultRead', businessId: relay.businessId, result: token }, 'completing'],
      [{ type: 'settled' }, 'succeeded'],
    ];
    let session = sessionIn('requested');
    for (const [event, state] of events) {
      session = reduceSession(session, event, start);
      expect(session.state).toBe(state);
    }
    expect(session.settled).toBe(true);
  });

  it('keeps neither token nor secret once the page has the result', () => {
    const done = reduceSession(sessionIn('completing'), { type: 'settled' }, start);
    expect(JSON.stringify(done)).not.toContain(relay.secret);
    expect(JSON.stringify(done)).not.toContain(token.format);
  });

  it('waits for a choice where several platforms could serve', () => {
    const waiting = reduceSession(sessionIn('requested'), { type: 'choiceNeeded' }, start);
    expect(waiting).toMatchObject({ state: 'awaitingConsent', deadline: start + timeLimits.consent });
  });

  it('starts over with another platform and releases the first one', () => {
    const event = {
      type: 'platformChosen',
      platform: 'yue-qi-qian',
      driver: 'relay',
      openingId: 'opening-2',
    } as const;
    const next = reduceSession(sessionIn('awaitingScan'), event, start);
    expect(next).toMatchObject({ state: 'preparing', platform: 'yue-qi-qian', openingId: 'opening-2' });
    expect(next.relay).toBeUndefined();
    expect(next.releases).toEqual([{ platform: 'zhongzhao-hulian', driver: 'relay', relay }]);
  });

  it.each(['scanned', 'confirmed', 'completing'] as const)('keeps its platform in %s', (state) => {
    const session = sessionIn(state);
    const event = {
      type: 'platformChosen',
      platform: 'yue-qi-qian',
      driver: 'relay',
      openingId: 'x',
    } as const;
    expect(reduceSession(session, event, start)).toBe(session);
  });

  it('shows a renewed QR with a new id and counts its events anew', () => {
    const renewing = reduceSession(
      sessionIn('expired'),
      { type: 'renewalRequested', openingId: 'opening-2' },
      start,
    );
    const shown = reduceSession(
      renewing,
      {
        type: 'opened',
        openingId: 'opening-2',
        platform: 'zhongzhao-hulian',
        driver: 'relay',
        relay: otherRelay,
      },
      start,
    );
    expect(shown).toMatchObject({ state: 'awaitingScan', relay: otherRelay, lastSequence: 0 });
  });

  it('counts a session that the front server lost as expired', () => {
    const event = { type: 'relayLost', businessId: relay.businessId } as const;
    expect(reduceSession(sessionIn('awaitingScan'), event, start).state).toBe('expired');
  });

  it('ends as refused when the phone refuses', () => {
    const next = reduceSession(sessionIn('scanned'), relayEvent('refused', 2), start);
    expect(next).toMatchObject({ state: 'cancelled', outcome: { error: 'USER_REFUSED' } });
  });
});

describe('every live state', () => {
  test.each(liveStates)('%s can be cancelled, and releases what it holds', (state) => {
    const session = sessionIn(state);
    const next = reduceSession(session, { type: 'cancelled', code: 'PAGE_GONE' }, start);
    expect(next).toMatchObject({ state: 'cancelled', outcome: { error: 'PAGE_GONE' }, settled: false });
    expect(next.releases.map((release) => release.relay)).toEqual(session.relay ? [session.relay] : []);
  });

  test.each(liveStates)('%s ends by itself', (state) => {
    const session = sessionIn(state);
    expect(reduceSession(session, { type: 'deadlineReached' }, late - 1)).toBe(session);
    expect(reduceSession(session, { type: 'deadlineReached' }, late).state).not.toBe(state);
  });

  test.each(liveStates)('%s cannot outlast the bound of a whole session', (state) => {
    const session = sessionIn(state);
    const isLogin = session.request.scene === 'login';
    const whole = start + (isLogin ? timeLimits.session : timeLimits.signingSession);
    const next = reduceSession({ ...session, deadline: whole }, { type: 'deadlineReached' }, whole);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'QR_EXPIRED' } });
  });

  it('takes the expiry of a QR from the platform alone', () => {
    const preparing = sessionIn('preparing');
    const event = {
      type: 'opened',
      openingId: 'opening-1',
      platform: 'zhongzhao-hulian',
      driver: 'relay',
    } as const;
    const dated = reduceSession(preparing, { ...event, relay }, start);
    expect(dated.deadline - (relay.expiresAt ?? 0)).toBeGreaterThan(0);
    const { expiresAt: _none, ...undated } = relay;
    expect(reduceSession(preparing, { ...event, relay: undated }, start).deadline).toBe(
      start + timeLimits.scan,
    );
  });
});
