import { sm3 } from '../../gm/sm3.ts';
import { concatBytes, toBase64, toHex, utf8 } from '../../lib/bytes.ts';

export interface AskedFor {
  readonly scene: string;
  readonly origin: string;
  readonly challenge: string;
}

const lineFeed = Uint8Array.of(0x0a);

/** SM3 of protocol name, scene, origin and the challenge's own SM3, each ended by a line feed. */
export function digestOf({ scene, origin, challenge }: AskedFor): Uint8Array {
  const lines = ['ca-bridge-relay/1', scene, origin, toHex(sm3(utf8(challenge)))];
  return sm3(concatBytes(...lines.flatMap((line) => [utf8(line), lineFeed])));
}

/** The part of the digest that the QR carries: 16 bytes, base64url, 22 characters. */
export function boundPart(digest: Uint8Array): string {
  return toBase64(digest.subarray(0, 16)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Two decimal digits that the computer's window shows too. */
export function matchingNumberOf(businessId: string, digest: Uint8Array): string {
  const hash = sm3(utf8(`${businessId}\n${toHex(digest)}`));
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0) % 100;
  return String(number).padStart(2, '0');
}
