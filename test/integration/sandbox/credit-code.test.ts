import { describe, expect, it } from 'vitest';
import { creditCodeFor } from '../../../src/sandbox/authority/credit-code.ts';

/** GB 32100-2015: the weighted sum over all 18 characters, check character included, is a multiple of 31. */
function isCreditCode(code: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
  const sum = weights.reduce(
    (total, weight, place) => total + weight * alphabet.indexOf(code.charAt(place)),
    0,
  );
  return code.length === 18 && sum % 31 === 0;
}

describe('the credit code of a test company', () => {
  it('has a right check character', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    for (const name of ['湛江测试建设工程有限公司', 'a', 'b', 'c', 'd', 'e']) {
      expect(isCreditCode(creditCodeFor(name))).toBe(true);
    }
  });

  it('is the same for the same name and differs between names', () => {
    expect(creditCodeFor('甲')).toBe(creditCodeFor('甲'));
    expect(creditCodeFor('甲')).not.toBe(creditCodeFor('乙'));
  });
});
