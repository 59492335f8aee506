import { describe, expect, it, test } from 'vitest';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import { reduceSession } from '../../../../src/extension/background/sessions/session-machine.ts';
import { isEndState, sessionStates, type SessionState } from '../../../../src/protocol/session-states.ts';
import {
  choice,
  chosenRelay,
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
  identity,
  relay,
  sealRequest,
  sessionIn,
  start,
  token,
} from '../../../support/session-samples.ts';

const { businessId } = relay;
const toBeSigned = ['AAAA'];

describe('driver local', () => {
  it('logs in by a choice and a PIN', () => {
    const steps: [SessionEvent, SessionState, string[]][] = [
      [taken('local', 'opening-1'), 'preparing', ['openRelay']],
      [
        {
          type: 'opened',
          openingId: 'opening-1',
          platform: 'yue-qi-qian',
          driver: 'local',
          relay: localRelay,
        },
        'awaitingScan',
        [],
      ],
      [choice('SM2/1'), 'scanned', ['followEvents']],
      [relayEvent('confirmed', 2), 'confirmed', ['readResult']],
      [{ type: 'resultRead', businessId, result: token }, 'completing', ['deliverOutcome']],
      [{ type: 'settled' }, 'succeeded', []],
    ];
    let session = sessionIn('requested');
    for (const [step, state, effects] of steps) {
      session = reduceSession(session, step, start);
      expect([session.state, workOf(session)]).toEqual([state, effects]);
    }
  });

  it('asks the service again only once the bytes are there', () => {
    const steps: [SessionEvent, SessionState, string[]][] = [
      [choice('SM2/1'), 'scanned', ['followEvents']],
      [relayEvent('identified', 2), 'arranging', ['readIdentity']],
      [{ type: 'identityRead', businessId, identity }, 'signing', ['prepareSignatures']],
      [{ type: 'prepared', businessId, toBeSigned }, 'signing', ['submitToBeSigned']],
      [{ type: 'submitted', businessId }, 'signing', ['followEvents']],
      [relayEvent('confirmed', 3), 'confirmed', ['readSignatures']],
      [{ type: 'signaturesRead', businessId, signatures: ['AAAA'] }, 'confirmed', ['writeDocuments']],
    ];
    let session = localIn('awaitingScan', {
      request: { scene: 'messageSignature', params: { form: 'detached', isText: false }, names: ['a'] },
      signing: { documents },
    });
    for (const [step, state, effects] of steps) {
      session = reduceSession(session, step, start);
      expect([session.state, workOf(session)]).toEqual([state, effects]);
    }
    expect(session.signing).not.toHaveProperty('signingNumber');
  });

  it('can be left for another platform until a key is chosen, and releases nothing', () => {
    const left = reduceSession(localIn('awaitingScan'), taken('relay'), start);
    expect(left).toMatchObject({
      state: 'preparing',
      driver: 'relay',
      platform: 'yue-qi-qian',
      releases: [],
    });
    expect(left.relay).toBeUndefined();
    const chosen = localIn('scanned');
    expect(reduceSession(chosen, taken('relay'), start)).toBe(chosen);
  });

  it('releases the front server that it replaces', () => {
    const next = reduceSession(sessionIn('awaitingScan'), taken('local'), start);
    expect(next).toMatchObject({
      driver: 'local',
      releases: [{ platform: 'zhongzhao-hulian', driver: 'relay', relay }],
    });
  });

  test.each(sessionStates.filter((state) => !isEndState(state)))('is cancelled in %s', (state) => {
    const next = reduceSession(localIn(state), { type: 'cancelled', code: 'USER_CANCELLED' }, start);
    expect(next).toMatchObject({ state: 'cancelled', releases: [] });
    expect(next.relay).toBeUndefined();
  });

  it('lists keys again where the client was lost with its one-time key', () => {
    const session = localIn('signing', {
      request: { scene: 'decrypt', purpose: 'open', params: {}, names: ['a'] },
      signing: {
        documents,
        identity,
        opening: { id: 'o', oneTimeKey: 'AAAA' },
        bids: [{ ok: true, recipients: [], warnings: [] }],
        toBeSigned,
        submitted: true,
      },
    });
    const again = reduceSession(session, { type: 'bytesLost', kept: [] }, start);
    expect(again).toMatchObject({ state: 'requested', driver: 'local', signing: { scanAgain: true } });
    expect(again.signing).not.toHaveProperty('submitted');
    expect(workOf(again)).toEqual(['createOpening']);
  });
});

describe('driver site', () => {
  it('ends a login with nothing of it here', () => {
    const completing = reduceSession(siteIn('confirmed'), { type: 'resultRead', businessId }, start);
    expect(completing).toMatchObject({ state: 'completing', outcome: { done: true } });
    expect(workOf(completing)).toEqual(['deliverOutcome']);
    expect(reduceSession(completing, { type: 'settled' }, start).state).toBe('succeeded');
  });

  it('signs without a number to compare', () => {
    const prepared = siteIn('signing', { signing: { ...arranged, toBeSigned } });
    expect(workOf(prepared)).toEqual(['followEvents', 'submitToBeSigned']);
    const submitted = reduceSession(prepared, { type: 'submitted', businessId }, start);
    expect(workOf(submitted)).toEqual(['followEvents']);
    expect(reduceSession(submitted, relayEvent('confirmed', 3), start).state).toBe('confirmed');
  });

  it('takes the page’s platform without a choice, once documents are read', () => {
    const unread = siteIn('requested', { request: sealRequest, signing: {} });
    expect(reduceSession(unread, taken('site'), start)).toMatchObject({ state: 'requested', driver: 'site' });
    const read = reduceSession(unread, { type: 'documentsRead', documents }, start);
    expect(reduceSession(read, taken('site'), start)).toMatchObject({ state: 'preparing', driver: 'site' });
  });

  it('tells the page of what nobody waits for any more', () => {
    const next = reduceSession(siteIn('awaitingScan'), { type: 'cancelled', code: 'USER_CANCELLED' }, start);
    expect(next.releases).toEqual([{ platform: 'zhongzhao-hulian', driver: 'site', relay: siteRelay }]);
    expect(workOf(next)).toContain('releaseRelay');
  });
});

it('a chosen key is in the record, so that another worker goes on with it', () => {
  const chosen = reduceSession(localIn('awaitingScan'), choice('SM2/1'), start);
  expect(chosen).toMatchObject({ state: 'scanned', relay: chosenRelay, lastSequence: 1 });
});
