import { describe, expect, it, test } from 'vitest';
import { readOrders, readRules } from '../../../../../src/extension/content/read-orders.ts';
import type { PromptRule } from '../../../../../src/protocol/prompt-rules.ts';
import { builtInRules } from '../../../../../src/rules/built-in-rules.ts';

const rule: PromptRule = {
  id: 'of-policy',
  scene: 'login',
  kind: 'qr',
  words: ['标证通'],
  also: [['扫码']],
  never: ['支付'],
  where: '.login',
  qr: { selector: 'canvas' },
  confidence: 0.8,
};

it('takes orders as the background gives them', () => {
  const orders = { type: 'rules', active: true, further: [rule] };
  expect(readOrders(orders)).toEqual(orders);
});

it('takes every rule that the build has', () => {
  expect(readRules([...builtInRules].slice(0, 100))).toBeDefined();
});

describe('takes nothing of', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'rules'],
    ['another type', { type: 'prompt', active: true, further: [] }],
    ['orders without rules', { type: 'rules', active: true }],
    ['an activity that is a text', { type: 'rules', active: 'false', further: [] }],
    ['rules that are no list', { type: 'rules', active: true, further: { 0: rule, length: 1 } }],
    [
      'one wrong rule among others',
      { type: 'rules', active: true, further: [rule, { ...rule, words: 'CA' }] },
    ],
  ])('%s', (_kind, message) => {
    expect(readOrders(message)).toBeUndefined();
  });

  test.each([
    ['too many rules', Array.from({ length: 101 }, () => rule)],
    ['a rule that is null', [null]],
    ['no id', [{ ...rule, id: undefined }]],
    ['an unknown scene', [{ ...rule, scene: 'pay' }]],
    ['an unknown kind', [{ ...rule, kind: 'script' }]],
    ['words that are numbers', [{ ...rule, words: [1] }]],
    ['words that are missing', [{ ...rule, words: undefined }]],
    ['groups that are texts', [{ ...rule, also: ['扫码'] }]],
    ['groups that are no list', [{ ...rule, also: '扫码' }]],
    ['a place that is no text', [{ ...rule, where: { toString: 'x' } }]],
    ['a QR place that is a text', [{ ...rule, qr: 'canvas' }]],
    ['a confidence that is a text', [{ ...rule, confidence: '1' }]],
    ['a confidence above all others', [{ ...rule, confidence: 2 }]],
    ['a confidence that is no number', [{ ...rule, confidence: Number.NaN }]],
    ['a word that stands on every page', [{ ...rule, words: ['的'] }]],
    ['a word longer than any page says', [{ ...rule, words: ['扫'.repeat(254)] }]],
    ['more words than a rule may have', [{ ...rule, words: Array.from({ length: 101 }, () => '扫码') }]],
  ])('%s', (_kind, rules) => {
    expect(readRules(rules)).toBeUndefined();
  });
});
