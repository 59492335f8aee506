import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { promptRulesSchema } from '../../../src/protocol/prompt-rules.ts';

const rule = { id: 'r', scene: 'login', kind: 'qr', words: ['扫码登录'], confidence: 0.9 };
const accepts = (further: object) => v.is(promptRulesSchema, [{ ...rule, ...further }]);
const words = (count: number) => Array.from({ length: count }, (_v, index) => `词语${index}`);

describe('a rule of policy that is refused', () => {
  test.each<[why: string, further: object]>([
    ['no id', { id: undefined }],
    ['an id with blanks', { id: 'my rule' }],
    ['an unknown scene', { scene: 'payment' }],
    ['an unknown kind', { kind: 'click' }],
    ['code', { run: 'alert(1)' }],
    ['no word', { words: [] }],
    ['a word of one character, which is everywhere', { words: ['签'] }],
    ['an empty word', { words: [''] }],
    ['a word that is a page', { words: ['签'.repeat(41)] }],
    ['a word that is a number', { words: [12] }],
    ['10,000 words', { words: words(10_000) }],
    ['10,000 excluding words', { never: words(10_000) }],
    ['10,000 words over an expired QR', { expired: words(10_000) }],
    ['too many groups of further words', { also: Array.from({ length: 6 }, () => ['词语']) }],
    ['an empty group of further words', { also: [[]] }],
    ['a huge selector', { where: 'div '.repeat(1_000) }],
    ['an empty selector', { where: '' }],
    ['a selector that opens a style rule', { where: 'div{background:url(x)}' }],
    ['a selector that is markup', { where: '<script>' }],
    ['a selector with an escape', { where: '\\64 iv' }],
    ['a selector of an at-rule', { where: '@import' }],
    ['a huge selector of the QR', { qr: { selector: 'a'.repeat(201) } }],
    ['an unknown field of the QR', { qr: { src: 'https://evil.example/qr.png' } }],
    ['a host with a wildcard', { hosts: ['*'] }],
    ['a host that is an address', { hosts: ['https://trade.example.gov.cn'] }],
    ['too many hosts', { hosts: Array.from({ length: 51 }, (_v, index) => `site${index}.example`) }],
    ['an unknown platform', { platform: 'evil-platform' }],
    ['more confidence than there is', { confidence: 1.1 }],
    ['less confidence than none', { confidence: -0.1 }],
    ['no number as confidence', { confidence: Number.NaN }],
    ['confidence as text', { confidence: '0.9' }],
  ])('%s', (_why, further) => {
    expect(accepts(further)).toBe(false);
  });

  it('one beside a hundred others', () => {
    expect(
      v.is(
        promptRulesSchema,
        Array.from({ length: 100 }, () => rule),
      ),
    ).toBe(true);
    expect(
      v.is(
        promptRulesSchema,
        Array.from({ length: 101 }, () => rule),
      ),
    ).toBe(false);
  });
});

it('takes the least that a rule needs', () => {
  expect(accepts({})).toBe(true);
});

it('takes a rule with every field', () => {
  expect(
    accepts({
      scene: 'unknown',
      kind: 'driverMissing',
      also: [['数字证书', '移动CA']],
      never: ['微信'],
      where: '.login-dialog[data-mode="ca"]',
      qr: { selector: 'canvas' },
      expired: ['二维码已失效'],
      hosts: ['trade.example.gov.cn'],
      platform: 'yun-you-cai',
    }),
  ).toBe(true);
});
