import { describe, expect, it, test } from 'vitest';
import { viewSession, type ViewParts } from '../../../../src/extension/background/sessions/session-view.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import { sessionStates } from '../../../../src/protocol/session-states.ts';
import { localIn, siteIn, siteRelay, vendorKeys } from '../../../support/driver-samples.ts';
import { relay, sessionIn, token } from '../../../support/session-samples.ts';

const parts: ViewParts = {
  choices: [],
  locale: 'zh-CN',
  qrHosts: (platform) => (platform === 'zhongzhao-hulian' ? ['ebinterlink.com'] : []),
};
const view = (session: SessionRecord) => viewSession(session, parts);
const submitted = { toBeSigned: ['AAAA'], submitted: true };

describe('what is never told', () => {
  test.each(sessionStates)('secret, challenge and result: %s', (state) => {
    const told = JSON.stringify(view(sessionIn(state)));
    for (const secret of [relay.secret, 'challenge-of-the-site', token.format]) {
      expect(told).not.toContain(secret);
    }
  });
});

describe('driver local', () => {
  test.each(sessionStates)('shows no QR and no number in %s', (state) => {
    const told = view(localIn(state));
    for (const part of ['qrContent', 'matchingNumber', 'qrTrust']) expect(told).not.toHaveProperty(part);
  });

  test.each(sessionStates)('shows keys while one may be chosen, and no longer: %s', (state) => {
    expect(view(localIn(state)).keys).toEqual(state === 'awaitingScan' ? vendorKeys : undefined);
  });

  test.each(sessionStates)('tells of the PIN window while it may be open: %s', (state) => {
    expect(view(localIn(state)).pinWindow).toBe(state === 'scanned' ? true : undefined);
  });

  it('tells of it again where the bytes are there and the PIN may be asked anew', () => {
    const signing = localIn('signing');
    expect(view({ ...signing, signing: { ...signing.signing, ...submitted } }).pinWindow).toBe(true);
  });

  it('lets the user cancel, list keys anew, or take another platform while he may choose', () => {
    expect(view(localIn('awaitingScan'))).toMatchObject({
      driver: 'local',
      canChoosePlatform: true,
      canRenew: true,
      canCancel: true,
    });
    expect(view(localIn('scanned'))).toMatchObject({ canChoosePlatform: false, canCancel: true });
  });
});

describe('driver site', () => {
  it('shows the page’s QR without a number, and what its address was compared with', () => {
    const told = view(siteIn('awaitingScan'));
    expect(told).toMatchObject({ driver: 'site', qrContent: siteRelay.qr, qrTrust: 'platform' });
    expect(told).not.toHaveProperty('matchingNumber');
  });

  it.each([
    ['https://ggzy.zhanjiang.gov.cn/qr/1', 'site'],
    ['a text of an app', 'noHost'],
    ['https://ebinterlink.com.example.net/', 'foreign'],
  ])('says of %s: %s', (qr, trust) => {
    expect(view(siteIn('awaitingScan', { relay: { ...siteRelay, qr } })).qrTrust).toBe(trust);
  });

  test.each(sessionStates)('never lets the user take another platform: %s', (state) => {
    expect(view(siteIn(state)).canChoosePlatform).toBe(false);
  });
});

describe('driver relay', () => {
  it('shows the QR with its number, and compares nothing: it is bound', () => {
    const told = view(sessionIn('awaitingScan'));
    expect(told).toMatchObject({ qrContent: relay.qr, matchingNumber: relay.matchingNumber });
    for (const part of ['qrTrust', 'keys', 'pinWindow']) expect(told).not.toHaveProperty(part);
  });
});
