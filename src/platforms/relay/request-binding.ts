import { fromBase64, toBase64, toHex, utf8 } from '../../lib/bytes.ts';
import { sm3 } from '../../gm/sm3.ts';
import { relayProtocol } from '../../protocol/relay-messages.ts';
import type { RelayRequest } from '../platform.ts';

/** SM3 over what the user is asked to confirm: RELAY-PROTOCOL.md, "What a session is bound to". 32 bytes. */
export function requestDigest(request: RelayRequest): Uint8Array {
  return sm3(utf8(`${relayProtocol}\n${request.scene}\n${request.origin}\n${subject(request)}\n`));
}

/** What stands for the challenge, or for the documents: each with its digest, size and name; and for what they are opened, to which key. */
function subject(request: RelayRequest): string {
  if (request.scene === 'login') return toHex(sm3(utf8(request.challenge)));
  const lines = request.documents.map((document) => `${document.sm3} ${document.size} ${document.name}\n`);
  const listed = toHex(sm3(utf8(lines.join(''))));
  if (request.scene !== 'decrypt') return `documents:${listed}`;
  if (request.purpose === 'check') return `check:${listed}`;
  return `${request.purpose}:${listed}:${toHex(sm3(fromBase64(request.oneTimeKey)))}`;
}

/** Two decimal digits that extension and phone each compute for themselves. */
export function matchingNumber(businessId: string, digest: Uint8Array): string {
  return twoDigits(`${businessId}\n${toHex(digest)}`);
}

/** Two decimal digits of what the phone is to sign or to open: both ends have exactly these bytes. */
export function signingNumber(
  businessId: string,
  digest: Uint8Array,
  toBeSigned: readonly Uint8Array[],
): string {
  const parts = toBeSigned.map((part) => `${toHex(sm3(part))}\n`);
  return twoDigits(`${businessId}\n${toHex(digest)}\n${parts.join('')}`);
}

function twoDigits(text: string): string {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = sm3(utf8(text));
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
