import { describe, expect, it, test } from 'vitest';
import { openingTimeIn } from '../../../src/rules/opening-time-in.ts';

describe('openingTimeIn', () => {
  test.each([
    '开标时间 2026-12-01 09:00',
    '开标时间：2026-12-01 09:00:00',
    '开标时间： 2026/12/1 9:00',
    '开标时间（北京时间）：2026年12月1日9时00分',
    '开标时间：2026年12月01日 09时',
    '开标时间 2026 年 12 月 1 日 9 时 00 分',
    '项目名称 某工程 开标时间：2026.12.01 09：00 解密',
    '开标时间2026-12-01T09:00:00',
  ])('%s is nine in the morning in China', (words) => {
    expect(openingTimeIn(words)).toBe(Date.UTC(2026, 11, 1, 1));
  });

  it('reads seconds', () => {
    expect(openingTimeIn('开标时间 2026-12-01 09:00:59')).toBe(Date.UTC(2026, 11, 1, 1, 0, 59));
  });

  test.each([
    ['no such words', '发布时间 2026-12-01 09:00'],
    ['a day without a time', '开标时间 2026-12-01'],
    ['a day that does not exist', '开标时间 2026-02-31 09:00'],
    ['a month that does not exist', '开标时间 2026-13-01 09:00'],
    ['an hour that does not exist', '开标时间 2026-12-01 24:00'],
    ['a minute that does not exist', '开标时间 2026-12-01 09:60'],
    ['a time far from the words', '开标时间见公告，其他事项另行通知 2026-12-01 09:00'],
  ])('%s gives none', (_, words) => {
    expect(openingTimeIn(words)).toBeUndefined();
  });
});
