import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { findingCodes, type FindingCode } from '../../../src/protocol/finding-codes.ts';
import { findingTexts } from '../../../src/protocol/verification-findings.ts';
import {
  finding,
  findingSchema,
  reportLimits,
  verdictOf,
  verificationReportSchema,
  worstVerdict,
} from '../../../src/protocol/verification.ts';

const codes = Object.keys(findingCodes) as FindingCode[];
const chinese = /\p{Script=Han}/u;

test.each(codes)('%s says what was found and what it means, in both languages', (code) => {
  const { 'zh-CN': zh, en } = findingTexts[code];
  for (const sentence of [zh.title, zh.explanation]) expect(sentence).toMatch(chinese);
  for (const sentence of [en.title, en.explanation]) {
    expect(sentence).toMatch(/^[A-Z]/);
    expect(sentence).not.toMatch(chinese);
  }
});

describe('a report from another process is refused', () => {
  const report = { kind: 'pdf', verdict: 'valid', findings: [], signatures: [] };
  const signature = { name: 'a', kind: 'cms', verdict: 'valid', findings: [], coverage: 'wholeFile' };

  it('is taken when it is one', () => {
    expect(v.is(verificationReportSchema, { ...report, signatures: [signature] })).toBe(true);
  });

  test.each<[string, unknown]>([
    ['of an unknown verdict', { ...report, verdict: 'ok' }],
    ['with a further member', { ...report, html: '<b>valid</b>' }],
    ['with an unknown finding', { ...report, findings: [{ code: 'fine', severity: 'info' }] }],
    [
      'with a finding of Object.prototype',
      { ...report, findings: [{ code: 'constructor', severity: 'info' }] },
    ],
    [
      'with data that is not listed',
      { ...report, findings: [{ ...finding('digestMismatch'), data: { text: 'x' } }] },
    ],
    [
      'with more findings than it may hold',
      { ...report, findings: Array.from({ length: reportLimits.findings + 1 }, () => finding('revoked')) },
    ],
    [
      'with more signatures than it may hold',
      { ...report, signatures: Array.from({ length: reportLimits.signatures + 1 }, () => signature) },
    ],
    ['with a name without end', { ...report, signatures: [{ ...signature, name: 'x'.repeat(10_000) }] }],
    ['with a time that is none', { ...report, signatures: [{ ...signature, signedAt: 'yesterday' }] }],
    ['with a page below zero', { ...report, signatures: [{ ...signature, pages: [-1] }] }],
  ])('%s', (_, value) => {
    expect(v.is(verificationReportSchema, value)).toBe(false);
  });
});

describe('the verdict', () => {
  test.each<[FindingCode[], string]>([
    [['revocationUnknown', 'digestMismatch', 'noTrustAnchors'], 'invalid'],
    [['revocationUnknown', 'noTrustAnchors'], 'cannotTell'],
    [['revocationUnknown', 'signedTimeIsSignersWord'], 'validWithWarnings'],
    [['signedTimeIsSignersWord'], 'valid'],
    [[], 'valid'],
  ])('of %j is %s', (found, verdict) => {
    expect(verdictOf(found.map((code) => finding(code)))).toBe(verdict);
  });

  it('of a file is the worst of its signatures', () => {
    expect(worstVerdict(['valid', 'invalid', 'cannotTell'])).toBe('invalid');
    expect(worstVerdict(['valid', 'cannotTell', 'validWithWarnings'])).toBe('cannotTell');
  });

  it('belongs to a finding by its code', () => {
    expect(v.parse(findingSchema, finding('revoked', { name: '张三' }))).toEqual({
      code: 'revoked',
      severity: 'error',
      data: { name: '张三' },
    });
  });
});
