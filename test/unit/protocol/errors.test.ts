import { expect, test } from 'vitest';
import { errorGroups, type ErrorCode } from '../../../src/protocol/error-codes.ts';
import { errorCatalogue } from '../../../src/protocol/errors.ts';
import { sizeLimits } from '../../../src/protocol/limits.ts';
import { wireError } from '../../../src/protocol/wire-error.ts';

const codes = Object.keys(errorGroups) as ErrorCode[];
const chinese = /\p{Script=Han}/u;

test.each(codes)('%s says what happened, why, and what to do, in both languages', (code) => {
  const { 'zh-CN': zh, en } = errorCatalogue[code].text;
  for (const sentence of [zh.title, zh.cause, zh.remedy]) expect(sentence).toMatch(chinese);
  for (const sentence of [en.title, en.cause, en.remedy]) {
    expect(sentence).toMatch(/^[A-Z]/);
    expect(sentence).not.toMatch(chinese);
  }
});

test.each(codes)('%s fits on the wire', (code) => {
  for (const locale of ['zh-CN', 'en'] as const) {
    expect(wireError(code, locale).message.length).toBeLessThanOrEqual(sizeLimits.errorMessage);
  }
});
