import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import {
  asked,
  businessId,
  failed,
  kinds,
  openIn,
  openable,
  opened,
  opening,
  preparedEvent,
  reduce,
} from '../../../support/bid-samples.ts';
import { documents, recipient } from '../../../support/session-samples.ts';

describe('reading encrypted files', () => {
  const unread = (purpose: 'check' | 'open') => ({
    ...openIn('requested', {}, purpose),
    signing: {},
  });

  it('goes on while one can be read', () => {
    const bids = [failed('BID_HEADER_DAMAGED'), openable];
    expect(reduce(unread('open'), { type: 'documentsRead', documents, bids })).toMatchObject({
      state: 'requested',
      signing: { bids },
    });
  });

  it('ends before anybody scans where none can be read', () => {
    const bids = [failed('BID_NOT_ENCRYPTED'), failed('BID_LENGTH_WRONG')];
    expect(reduce(unread('open'), { type: 'documentsRead', documents, bids })).toMatchObject({
      state: 'failed',
      outcome: { error: 'BID_NOT_ENCRYPTED' },
      signing: { bids },
    });
  });

  it('is an answer where it was only asked', () => {
    const bids = [failed('BID_NOT_ENCRYPTED')];
    expect(reduce(unread('check'), { type: 'documentsRead', documents, bids })).toMatchObject({
      state: 'completing',
      outcome: { bids: 'opened' },
    });
  });
});

describe('opening', () => {
  const bids = [openable, failed('BID_NOT_FOR_PHONE'), openable];
  const prepared = () => reduce(openIn('arranging'), preparedEvent(bids));

  it('asks the phone for what it can open, and watches the one-time key meanwhile', () => {
    expect(prepared()).toMatchObject({ state: 'signing', signing: { asked, toBeSigned: ['AAAA', 'BBBB'] } });
    expect(kinds(prepared())).toEqual(['followEvents', 'submitToBeSigned', 'watchOpening']);
  });

  it('asks no phone that can open none, and says the first cause', () => {
    const none = [failed('BID_CERTIFICATE_REPLACED'), failed('BID_NOT_FOR_PHONE')];
    expect(reduce(openIn('arranging'), preparedEvent(none, false))).toMatchObject({
      state: 'failed',
      outcome: { error: 'BID_CERTIFICATE_REPLACED' },
      signing: { bids: none },
    });
  });

  it('is answered by the comparison of certificates where it was only asked', () => {
    const done = reduce(openIn('arranging', {}, 'check'), preparedEvent(bids, false));
    expect(done).toMatchObject({ state: 'completing', outcome: { bids: 'opened' }, signing: { bids } });
    expect(done.releases).toHaveLength(1);
  });

  it('fetches the keys, then opens', () => {
    const confirmed = { ...openIn('confirmed', { asked, bids }) };
    expect(kinds(confirmed)).toEqual(['readKeys']);
    const keyed = reduce(confirmed, { type: 'keysRead', businessId, keys: ['AAAA', null] });
    expect(kinds(keyed)).toEqual(['openBids']);
  });

  it('delivers what was opened although others were not', () => {
    const some = openIn('confirmed', { asked, keys: ['AAAA', 'BBBB'], bids });
    const one = reduce(some, { type: 'bidOpened', businessId, index: 0, bid: opened });
    const both = reduce(one, { type: 'bidOpened', businessId, index: 2, bid: failed('BID_DAMAGED') });
    const done = reduce(both, { type: 'bidsOpened', businessId });
    expect(done).toMatchObject({
      state: 'completing',
      signing: { bids: [opened, failed('BID_NOT_FOR_PHONE'), failed('BID_DAMAGED')] },
    });
  });

  it('fails with the first cause where none was opened', () => {
    const none = openIn('confirmed', { bids: [failed('BID_DAMAGED'), failed('BID_NOT_FOR_PHONE')] });
    expect(reduce(none, { type: 'bidsOpened', businessId })).toMatchObject({
      state: 'failed',
      outcome: { error: 'BID_DAMAGED' },
    });
  });

  it.each(['arranging', 'signing', 'confirmed', 'completing'] as const)(
    'asks for one more scan where the key is lost in %s, and keeps what is open',
    (state) => {
      const half = openIn(state, { keys: ['AAAA', 'BBBB'], bids: [opened, ...bids.slice(1)] });
      const again = reduce(half, { type: 'bytesLost', kept: [0] });
      expect(again).toMatchObject({
        state: 'requested',
        platform: 'zhongzhao-hulian',
        signing: { documents, bids: [opened, openable, openable], scanAgain: true },
      });
      expect(Object.keys(again.signing)).toEqual(['documents', 'bids', 'losses', 'scanAgain']);
      expect(kinds(again)).toEqual(['releaseRelay', 'createOpening']);
    },
  );

  it('takes a new QR, and says nothing of another scan, where nobody had scanned', () => {
    const waiting = openIn('awaitingScan');
    const { identity: _nobody, ...signing } = waiting.signing;
    const again = reduce({ ...waiting, signing }, { type: 'bytesLost', kept: [] });
    expect(again).toMatchObject({ state: 'requested', signing: { scanAgain: false } });
  });

  it('makes the one-time key before there is a QR, whatever platform the user picks meanwhile', () => {
    const { opening: _none, ...signing } = openIn('requested').signing;
    const read = { ...openIn('requested'), signing };
    expect(kinds(read)).toEqual(['createOpening']);
    const picked = reduce(read, {
      type: 'platformChosen',
      platform: 'yue-qi-qian',
      driver: 'relay',
      openingId: 'next',
    });
    expect(picked).toMatchObject({ state: 'requested', platform: 'yue-qi-qian' });
    const made = reduce(picked, { type: 'openingCreated', opening });
    expect(kinds(made)).toEqual(['resolvePlatform', 'watchOpening']);
  });

  it('gives up a file over which the client was lost twice, and opens the others', () => {
    const lose = (session: SessionRecord) =>
      reduce({ ...session, state: 'confirmed' }, { type: 'bytesLost', kept: [], during: 2 });
    const once = lose(openIn('confirmed', { asked, bids: [openable, openable, openable] }));
    expect(once.signing.bids).toEqual([openable, openable, openable]);
    const twice = lose({ ...once, signing: { ...once.signing, opening } });
    expect(twice.signing.bids).toEqual([openable, openable, failed('CLIENT_EXITED')]);
    expect(twice.state).toBe('requested');
  });

  it('asks for no scan without end', () => {
    const often = openIn('signing', { losses: [-1, -1, -1, -1, -1, -1] });
    expect(reduce(often, { type: 'bytesLost', kept: [] })).toMatchObject({
      state: 'failed',
      outcome: { error: 'CLIENT_EXITED' },
    });
  });

  const halfOpen = [opened, openable, failed('BID_DAMAGED')];
  it.each([
    [
      'the front server fails',
      { type: 'failed', code: 'FRONT_SERVER_UNREACHABLE' },
      'FRONT_SERVER_UNREACHABLE',
    ],
    ['the client fails', { type: 'failed', code: 'CLIENT_EXITED' }, 'CLIENT_EXITED'],
    [
      'the user refuses on the phone',
      { type: 'relayEvent', businessId, sequence: 3, kind: 'refused' },
      'USER_REFUSED',
    ],
  ] as const)('delivers what is open although afterwards %s', (_name, event, code) => {
    const session = openIn('signing', { bids: halfOpen, scanAgain: true });
    expect(reduce(session, event)).toMatchObject({
      state: 'completing',
      outcome: { bids: 'opened' },
      signing: { bids: [opened, failed(code), failed('BID_DAMAGED')] },
    });
  });

  it('delivers nothing to whom cancelled', () => {
    const session = openIn('signing', { bids: halfOpen, scanAgain: true });
    expect(reduce(session, { type: 'cancelled', code: 'USER_CANCELLED' })).toMatchObject({
      state: 'cancelled',
      outcome: { error: 'USER_CANCELLED' },
    });
  });

  it('lets a phone go that can open none of the rest', () => {
    const done = reduce(openIn('arranging', { bids: halfOpen }), {
      type: 'openingPrepared',
      businessId,
      phone: recipient,
      bids: [opened, failed('BID_NOT_FOR_PHONE'), failed('BID_DAMAGED')],
      asked: [],
      requests: [],
    });
    expect(done.state).toBe('completing');
    expect(done.releases).toHaveLength(1);
  });

  it('delivers what is still there, and claims nothing that is gone, where it asks for no more scans', () => {
    const often = openIn('completing', {
      losses: [-1, -1, -1, -1, -1, -1],
      bids: [opened, opened, openable],
    });
    expect(reduce({ ...often, outcome: { bids: 'opened' } }, { type: 'bytesLost', kept: [1] })).toMatchObject(
      {
        state: 'completing',
        signing: { bids: [failed('CLIENT_EXITED'), opened, failed('CLIENT_EXITED')] },
      },
    );
  });

  it('rehearses nothing twice: a rehearsal has no bytes to lose', () => {
    const session = openIn('confirmed', { asked, bids: [opened, openable, openable] }, 'rehearse');
    const again = reduce(session, { type: 'bytesLost', kept: [], during: 1 });
    expect(again.signing.bids).toEqual([opened, openable, openable]);
  });

  it('opens again what was open in bytes that are gone', () => {
    const half = openIn('confirmed', { asked, bids: [opened, failed('BID_DAMAGED'), openable] });
    const again = reduce(half, { type: 'bytesLost', kept: [] });
    expect(again.signing.bids).toEqual([openable, failed('BID_DAMAGED'), openable]);
  });

  it('keeps no wrapped key once the page has the result', () => {
    const done = { ...openIn('completing', { asked, keys: ['AAAA', 'BBBB'], toBeSigned: ['AAAA'] }) };
    const settled = reduce({ ...done, outcome: { bids: 'opened' } }, { type: 'settled' });
    expect(settled.state).toBe('succeeded');
    expect(Object.keys(settled.signing)).toEqual(['documents', 'identity', 'bids']);
  });
});
