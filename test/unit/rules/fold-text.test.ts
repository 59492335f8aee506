import { describe, expect, it, test } from 'vitest';
import { foldText } from '../../../src/rules/fold-text.ts';

describe('foldText', () => {
  test.each([
    ['white space', '扫 码\n\t登　录', '扫码登录'],
    ['no-break spaces', '扫\u00a0码\u202f登录', '扫码登录'],
    ['zero-width characters', '扫\u200b码\u2060登\ufeff录\u00ad', '扫码登录'],
    ['a mark that reverses the line', '\u202e扫码\u202c登录', '扫码登录'],
    ['full width', 'ＣＡ扫码１２', 'ca扫码12'],
    ['case', 'USBKey', 'usbkey'],
    ['brackets and quotes', '“数字证书（CA）”登录！', '数字证书ca登录'],
    ['nothing but such', ' “”（）…\u200b ', ''],
  ])('%s', (_, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('leaves Chinese characters as they are', () => {
    expect(foldText('证书')).toBe('证书');
  });
});
