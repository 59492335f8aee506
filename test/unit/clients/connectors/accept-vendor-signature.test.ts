import { describe, expect, it, test } from 'vitest';
import { acceptVendorSignature } from '../../../../src/clients/connectors/accept-vendor-signature.ts';
import { parseDer } from '../../../../src/gm/der.ts';
import { generateSm2KeyPair, signSm2, verifySm2 } from '../../../../src/gm/sm2.ts';
import { concatBytes, utf8 } from '../../../../src/lib/bytes.ts';

const { privateKey, publicKey } = generateSm2KeyPair();
const content = utf8('what is signed');

/** r ‖ s of a DER signature. */
function plain(signature: Uint8Array): Uint8Array {
  const halves = parseDer(signature).children.map((number) => {
    const half = new Uint8Array(32);
    const digits = number.content.subarray(-32);
    half.set(digits, 32 - digits.length);
    return half;
  });
  return concatBytes(...halves);
}

test('DER comes back as it came', () => {
  const signature = signSm2(privateKey, content);
  expect(acceptVendorSignature(signature, content, { publicKey })).toEqual(signature);
});

it('makes DER of r and s, also of short ones', () => {
  for (let count = 0; count < 300; count += 1) {
    const signature = signSm2(privateKey, content);
    expect(acceptVendorSignature(plain(signature), content, { publicKey })).toEqual(signature);
  }
});

describe('refuses a signature', () => {
  const signature = signSm2(privateKey, content);
  const other = generateSm2KeyPair();
  test.each([
    ['over another content', signSm2(privateKey, utf8('something else'))],
    ['of another key', signSm2(other.privateKey, content)],
    ['for another user id', signSm2(privateKey, content, { userId: 'somebody' })],
    ['cut by a byte', signature.subarray(0, -1)],
    ['with a byte more', concatBytes(signature, Uint8Array.of(0))],
    ['of nothing', new Uint8Array()],
    ['of zeros', new Uint8Array(64)],
    ['of s and r', concatBytes(plain(signature).subarray(32), plain(signature).subarray(0, 32))],
    ['of 63 bytes', plain(signature).subarray(1)],
    ['of SM3 alone, without the user id', utf8('x'.repeat(64))],
  ])('%s', (_, given) => {
    expect(() => acceptVendorSignature(given, content, { publicKey })).toThrow('SIGNATURE_MISMATCH');
  });

  it('that it would accept otherwise', () => {
    expect(verifySm2(publicKey, content, signature)).toBe(true);
  });
});
