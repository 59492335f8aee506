import { toBase64, toHex, utf8 } from '../../lib/bytes.ts';
import { sm3 } from '../../gm/sm3.ts';
import { relayProtocol } from '../../protocol/relay-messages.ts';
import type { RelayRequest } from '../platform.ts';

/** SM3 over what the user is asked to confirm: RELAY-PROTOCOL.md, "What a session is bound to". 32 bytes. */
export function requestDigest(request: RelayRequest): Uint8Array {
  const challengeDigest = toHex(sm3(utf8(request.challenge)));
  return sm3(utf8(`${relayProtocol}\n${request.scene}\n${request.origin}\n${challengeDigest}\n`));
}

/** Two decimal digits that extension and phone each compute for themselves. */
export function matchingNumber(businessId: string, digest: Uint8Array): string {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = sm3(utf8(`${businessId}\n${toHex(digest)}`));
  return String((b0 * 2 ** 24 + b1 * 2 ** 16 + b2 * 2 ** 8 + b3) % 100).padStart(2, '0');
}

/** True when `qr` leads to this front server, this business id and this request, and to nothing else. */
export function qrIsBound(qr: string, frontServer: string, businessId: string, digest: Uint8Array): boolean {
  const start = `${frontServer}/scan/${businessId}#`;
  if (!qr.startsWith(start)) return false;
  const [scanToken = '', bound, ...rest] = qr.slice(start.length).split('.');
  return (
    /^[\w-]{22,128}$/.test(scanToken) && bound === base64Url(digest.subarray(0, 16)) && rest.length === 0
  );
}

function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
