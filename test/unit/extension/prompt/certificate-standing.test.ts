import { expect, test } from 'vitest';
import { relevantCertificates, standingOf } from '../../../../src/extension/prompt/certificate-standing.ts';
import { seenCertificate } from '../ui/mirror-view.ts';

const now = Date.UTC(2026, 6, 3);
const day = 86_400_000;
const certificate = (days: number) => seenCertificate(now, days).certificate;

test.each([
  ['has ended', -1, undefined, 'expired'],
  ['has ended, though the opening is ahead', -1, now + day, 'expired'],
  ['ends the millisecond before the opening', 10, now + 10 * day + 1, 'endsBeforeOpening'],
  ['ends at the opening', 10, now + 10 * day, 'validAtOpening'],
  ['ends soon', 59, undefined, 'endsSoon'],
  ['ends later', 61, undefined, 'valid'],
  ['ends soon after an opening that has passed', 59, now - day, 'endsSoon'],
] as const)('a certificate that %s', (_, days, openingTime, standing) => {
  expect(standingOf(certificate(days), now, openingTime)).toBe(standing);
});

test('a certificate that is not valid yet', () => {
  expect(standingOf({ ...certificate(10), notBefore: now + 1 }, now, now + day)).toBe('notYetValid');
});

test('certificates of another purpose or platform say nothing of this prompt', () => {
  const seen = [
    seenCertificate(now, 9),
    seenCertificate(now, 9, { purpose: 'signing' }),
    seenCertificate(now, 9, { platform: 'yun-you-cai' }),
  ];
  expect(relevantCertificates(seen, 'encryption', 'zhongzhao-hulian')).toEqual([seen[0]]);
  expect(relevantCertificates(seen, 'encryption', undefined)).toEqual([seen[0], seen[2]]);
});

test('of a holder’s certificates the one seen last counts: a renewed one replaces the old', () => {
  const old = seenCertificate(now, -3, { seenAt: now - 400 * day });
  const renewed = seenCertificate(now, 300);
  expect(relevantCertificates([old, renewed], 'encryption', undefined)).toEqual([renewed]);
});
