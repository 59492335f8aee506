import { expect, it, test } from 'vitest';
import { readXtxUserList } from '../../../../../src/clients/connectors/xtx/xtx-user-list.ts';
import { countLimits } from '../../../../../src/protocol/limits.ts';

const longId = 'x'.repeat(201);

test.each([
  ['', []],
  ['&&&', []],
  ['甲公司||key-1&&&', [{ name: '甲公司', id: 'key-1' }]],
  ['甲公司||key-1', [{ name: '甲公司', id: 'key-1' }]],
  [
    'a||1&&&b||2&&&',
    [
      { name: 'a', id: '1' },
      { name: 'b', id: '2' },
    ],
  ],
  ['a||b||1&&&', [{ name: 'a||b', id: '1' }]],
  ['||1&&&', [{ name: '', id: '1' }]],
  ['a||&&&b||2&&&', [{ name: 'b', id: '2' }]],
  ['no mark&&&b||2&&&', [{ name: 'b', id: '2' }]],
  ['a||1&&&b||1&&&', [{ name: 'a', id: '1' }]],
  [`a||${longId}&&&b||2&&&`, [{ name: 'b', id: '2' }]],
])('%j', (text, users) => {
  expect(readXtxUserList(text)).toEqual(users);
});

it('ends where a list may end', () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `a||${index}&&&`).join('');
  expect(readXtxUserList(text)).toHaveLength(countLimits.vendorKeys);
});
