import { createHash } from 'node:crypto';

/** GB 32100-2015: digits and capitals without I, O, S, V and Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of the first 17 (GB 32100-2015, 4.6: weights 3^i mod 31). */
function checkCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/**
 * A 统一社会信用代码 of the right form for a test company: always the same for the same name. Registration
 * region 440800, subject part from the name's digest.
 */
export function creditCodeFor(organisation: string): string {
  const digest = createHash('sha256').update(organisation, 'utf8').digest();
  const subject = [...digest.subarray(0, 9)].map((byte) => alphabet.charAt(byte % 31)).join('');
  const first17 = `91440800${subject}`;
  return first17 + checkCharacter(first17);
}
