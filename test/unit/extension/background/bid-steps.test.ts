import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../src/extension/background/sessions/session-events.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import {
  businessId,
  encryptIn,
  kinds,
  openIn,
  openable,
  preparedEvent,
  reduce,
} from '../../../support/bid-samples.ts';
import {
  documents,
  encryptRequest,
  identity,
  otherRelay,
  recipient,
  sessionIn,
  start,
} from '../../../support/session-samples.ts';

describe('steps that do not fit change nothing', () => {
  const events: readonly (readonly [string, SessionRecord, SessionEvent])[] = [
    [
      'recipients of another business id',
      encryptIn('arranging'),
      { type: 'recipientsJudged', businessId: otherRelay.businessId, recipients: [recipient] },
    ],
    ['a consent before the recipients are judged', encryptIn('arranging'), { type: 'recipientConfirmed' }],
    ['a consent to a login', sessionIn('scanned'), { type: 'recipientConfirmed' }],
    ['receipts of what nobody asked to encrypt', openIn('confirmed'), { type: 'encrypted', receipts: [] }],
    ['an opening of a file to be encrypted', encryptIn('arranging'), preparedEvent([openable])],
    [
      'keys of another business id',
      openIn('confirmed'),
      { type: 'keysRead', businessId: otherRelay.businessId, keys: [null] },
    ],
    ['keys before the phone confirmed', openIn('signing'), { type: 'keysRead', businessId, keys: [null] }],
    ['a saving before there is something', encryptIn('confirmed'), { type: 'saved' }],
    ['bytes lost of a login', sessionIn('completing'), { type: 'bytesLost', kept: [] }],
  ];
  it.each(events)('%s', (_name, session, event) => {
    expect(reduce(session, event)).toBe(session);
  });

  it('a phone that confirms what is only encrypted breaks the protocol', () => {
    const event = { type: 'relayEvent', businessId, sequence: 3, kind: 'confirmed' } as const;
    expect(reduce(encryptIn('arranging'), event)).toMatchObject({
      state: 'failed',
      outcome: { error: 'FRONT_SERVER_PROTOCOL' },
    });
  });
});

describe('encrypting', () => {
  it('judges the recipients before the user is asked', () => {
    expect(kinds(encryptIn('arranging'))).toEqual(['judgeRecipients']);
    const judged = reduce(encryptIn('arranging'), {
      type: 'recipientsJudged',
      businessId,
      recipients: [recipient],
    });
    expect(kinds(judged)).toEqual([]);
    expect(judged.state).toBe('arranging');
  });

  it('begins when the user has seen whose certificate it is, and needs no phone from then on', () => {
    const judged = encryptIn('arranging', { signing: { documents, identity, recipients: [recipient] } });
    const confirmed = reduce(judged, { type: 'recipientConfirmed' });
    expect(confirmed).toMatchObject({ state: 'confirmed', signing: { plan: { signingTime: start } } });
    expect(kinds(confirmed)).toEqual(['encryptBids']);
  });

  it('lets the phone go once the files are written', () => {
    const done = reduce(encryptIn('confirmed'), { type: 'encrypted', receipts: [] });
    expect(done).toMatchObject({ state: 'completing', outcome: { bids: 'encrypted' } });
    expect(done.releases.map((release) => release.relay.businessId)).toEqual([businessId]);
    expect(kinds(done)).toEqual(['releaseRelay', 'deliverOutcome']);
  });

  it('encrypts again, without another scan, where a stopped worker lost the bytes', () => {
    const done = reduce(encryptIn('confirmed'), { type: 'encrypted', receipts: [] });
    const again = reduce(done, { type: 'bytesLost', kept: [] });
    expect(again.state).toBe('confirmed');
    expect(again.signing.receipts).toBeUndefined();
    expect(kinds(again)).toContain('encryptBids');
  });

  it('counts a page that took nothing as not having taken what is still to be saved', () => {
    const request = { ...encryptRequest, params: { deliver: 'user' } } as SessionRecord['request'];
    const done = reduce(encryptIn('confirmed', { request }), { type: 'encrypted', receipts: [] });
    expect(reduce(done, { type: 'settled' })).toBe(done);
  });

  it('hands nothing to the page before the user has saved what the user keeps', () => {
    const request = { ...encryptRequest, params: { deliver: 'user' } } as SessionRecord['request'];
    const done = reduce(encryptIn('confirmed', { request }), { type: 'encrypted', receipts: [] });
    expect(kinds(done)).toEqual(['releaseRelay', 'requireBytes']);
    expect(kinds(reduce(done, { type: 'saved' }))).toEqual(['releaseRelay', 'deliverOutcome']);
  });
});
