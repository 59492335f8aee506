import { describe, expect, it } from 'vitest';
import { effectsOf } from '../../../../src/extension/background/sessions/session-effects.ts';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import { reduceSession } from '../../../../src/extension/background/sessions/session-machine.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import {
  arranged,
  documents,
  identity,
  otherRelay,
  relay,
  sealRequest,
  sessionIn,
  start,
} from '../../../support/session-samples.ts';

const { businessId } = relay;
const toBeSigned = ['AAAA'];
const places = [[{ kind: 'point', page: 1, x: 100, y: 100 } as const]];
const relayEvent = (kind: 'scanned' | 'identified' | 'confirmed' | 'refused' | 'expired', sequence: number) =>
  ({ type: 'relayEvent', businessId, sequence, kind }) satisfies SessionEvent;

const sealIn = (state: SessionState, more: Partial<SessionRecord> = {}): SessionRecord => ({
  ...sessionIn(state),
  request: sealRequest,
  ...more,
});
const prepared = sealIn('signing', { signing: { ...arranged, toBeSigned } });

describe('steps that do not fit', () => {
  it('a phone that names itself in a login breaks the protocol', () => {
    const next = reduceSession(sessionIn('scanned'), relayEvent('identified', 2), start);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'FRONT_SERVER_PROTOCOL' } });
  });

  it('a phone that names itself before it scanned breaks the protocol', () => {
    const session = sealIn('awaitingScan', { lastSequence: 0, signing: { documents } });
    const next = reduceSession(session, relayEvent('identified', 1), start);
    expect(next).toMatchObject({ state: 'failed', outcome: { error: 'FRONT_SERVER_PROTOCOL' } });
  });

  it('a confirmation before the bytes to be signed are made breaks the protocol', () => {
    for (const session of [sealIn('scanned', { signing: { documents } }), sessionIn('signing')]) {
      const next = reduceSession(session, relayEvent('confirmed', session.lastSequence + 1), start);
      expect(next).toMatchObject({ state: 'failed', outcome: { error: 'FRONT_SERVER_PROTOCOL' } });
    }
  });

  it('an identity, bytes or signatures of another business id change nothing', () => {
    const other = otherRelay.businessId;
    const events: [SessionRecord, SessionEvent][] = [
      [
        sealIn('arranging', { signing: { documents } }),
        { type: 'identityRead', businessId: other, identity },
      ],
      [sessionIn('signing'), { type: 'prepared', businessId: other, toBeSigned }],
      [prepared, { type: 'submitted', businessId: other, signingNumber: '12' }],
      [
        sealIn('confirmed', { signing: prepared.signing }),
        { type: 'signaturesRead', businessId: other, signatures: [] },
      ],
      [sealIn('confirmed', { signing: prepared.signing }), { type: 'written', businessId: other, documents }],
    ];
    for (const [session, event] of events) expect(reduceSession(session, event, start)).toBe(session);
  });

  it('what is there is never replaced', () => {
    const again: [SessionRecord, SessionEvent][] = [
      [sealIn('requested', { signing: { documents } }), { type: 'documentsRead', documents: [] }],
      [sessionIn('arranging'), { type: 'identityRead', businessId, identity: { ...identity, seals: [] } }],
      [prepared, { type: 'prepared', businessId, toBeSigned: ['BBBB'] }],
    ];
    for (const [session, event] of again) expect(reduceSession(session, event, start)).toBe(session);
  });

  it.each([
    ['a seal that the phone did not offer', { sealId: 'another', places }],
    ['fewer lists of places than documents', { sealId: 'company', places: [] }],
  ])('%s is not taken', (_name, choice) => {
    const session = sessionIn('arranging');
    expect(reduceSession(session, { type: 'arranged', ...choice }, start)).toBe(session);
  });

  it('a seal that cannot be used is not taken', () => {
    const seals = identity.seals.map((seal) => ({ ...seal, usable: false }));
    const session = sealIn('arranging', { signing: { documents, identity: { ...identity, seals } } });
    expect(reduceSession(session, { type: 'arranged', sealId: 'company', places }, start)).toBe(session);
  });

  it.each(['arranging', 'signing'] as const)('a phone that lets %s lapse ends the request', (state) => {
    const session = sessionIn(state);
    const expired = reduceSession(session, relayEvent('expired', session.lastSequence + 1), start);
    expect(expired).toMatchObject({ state: 'failed', outcome: { error: 'CONFIRMATION_TIMEOUT' } });
    const lost = reduceSession(session, { type: 'relayLost', businessId }, start);
    expect(lost).toMatchObject({ state: 'failed', outcome: { error: 'CONFIRMATION_TIMEOUT' } });
  });
});

it('a platform that is chosen while documents are read is kept until they are', () => {
  const chosen = reduceSession(
    sealIn('requested'),
    { type: 'platformChosen', platform: 'yue-qi-qian', driver: 'relay', openingId: 'o' },
    start,
  );
  expect(chosen).toMatchObject({ state: 'requested', platform: 'yue-qi-qian' });
  expect(effectsOf(chosen).map(({ type }) => type)).toEqual(['readDocuments']);
  const read = reduceSession(chosen, { type: 'documentsRead', documents }, start);
  expect(read).toMatchObject({ state: 'requested', platform: 'yue-qi-qian' });
  expect(effectsOf(read).map(({ type }) => type)).toEqual(['resolvePlatform']);
});

describe('the way of a seal', () => {
  it('goes from request to success, one piece of work at a time', () => {
    const events: [SessionEvent, SessionState, string[]][] = [
      [{ type: 'documentsRead', documents }, 'requested', ['resolvePlatform']],
      [
        { type: 'platformChosen', platform: 'zhongzhao-hulian', driver: 'relay', openingId: 'o' },
        'preparing',
        ['openRelay'],
      ],
      [
        { type: 'opened', openingId: 'o', platform: 'zhongzhao-hulian', driver: 'relay', relay },
        'awaitingScan',
        ['followEvents'],
      ],
      [relayEvent('scanned', 1), 'scanned', ['followEvents']],
      [relayEvent('identified', 2), 'arranging', ['followEvents', 'readIdentity']],
      [{ type: 'identityRead', businessId, identity }, 'arranging', ['followEvents']],
      [{ type: 'arranged', sealId: 'company', places }, 'signing', ['followEvents', 'prepareSignatures']],
      [{ type: 'prepared', businessId, toBeSigned }, 'signing', ['followEvents', 'submitToBeSigned']],
      [{ type: 'submitted', businessId, signingNumber: '42' }, 'signing', ['followEvents']],
      [relayEvent('confirmed', 3), 'confirmed', ['readSignatures']],
      [{ type: 'signaturesRead', businessId, signatures: ['AAAA'] }, 'confirmed', ['writeDocuments']],
      [{ type: 'written', businessId, documents }, 'completing', ['deliverOutcome']],
      [{ type: 'settled' }, 'succeeded', []],
    ];
    let session = sealIn('requested');
    expect(effectsOf(session).map(({ type }) => type)).toEqual(['readDocuments']);
    for (const [event, state, work] of events) {
      session = reduceSession(session, event, start + 1_234);
      expect(session.state).toBe(state);
      expect(effectsOf(session).map(({ type }) => type)).toEqual(work);
    }
  });

  it('signs whole seconds, and the seal that was picked', () => {
    const event = { type: 'arranged', sealId: 'company', places } as const;
    const next = reduceSession(sessionIn('arranging'), event, start + 1_999);
    expect(next.signing.plan).toEqual({ signingTime: start + 1_000, stamp: { seal: 'AAAA', places } });
  });

  it('keeps neither seals nor signatures once the page has the documents', () => {
    const completing = sealIn('completing', {
      signing: { ...prepared.signing, signatures: ['SIGNATURE'] },
      outcome: { written: documents },
    });
    const done = reduceSession(completing, { type: 'settled' }, start);
    expect(done.signing).toEqual({ documents, identity: { ...identity, seals: [] } });
  });

  it('a message needs no places: it is signed as soon as the phone has named itself', () => {
    const session = sealIn('arranging', {
      request: { scene: 'messageSignature', params: { form: 'detached', isText: false }, names: ['a'] },
      signing: { documents },
    });
    const next = reduceSession(session, { type: 'identityRead', businessId, identity }, start);
    expect(next).toMatchObject({ state: 'signing', signing: { plan: { signingTime: start } } });
  });
});
