import { describe, expect, it, test } from 'vitest';
import { readOrders } from '../../../../../src/extension/content/read-orders.ts';

it('takes orders as the background gives them', () => {
  const orders = { type: 'orders', active: true, rules: '0a1b' };
  expect(readOrders(orders)).toEqual(orders);
});

describe('takes nothing of', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'orders'],
    ['another type', { type: 'prompt', active: true, rules: '0a1b' }],
    ['orders without rules', { type: 'orders', active: true }],
    ['an activity that is a text', { type: 'orders', active: 'false', rules: '0a1b' }],
    ['a version that is no text', { type: 'orders', active: true, rules: 1 }],
    ['a version without end', { type: 'orders', active: true, rules: '0'.repeat(1_000) }],
  ])('%s', (_kind, message) => {
    expect(readOrders(message)).toBeUndefined();
  });
});
