import { encodeOctetString, encodeSequence, encodeUnsignedInteger } from '../../gm/der-encode.ts';
import { decryptSm2 } from '../../gm/sm2-encryption.ts';
import { generateSm2KeyPair } from '../../gm/sm2.ts';
import { fromBase64, fromHex, toBase64 } from '../../lib/bytes.ts';
import { isJsonObject } from '../http/json-body.ts';
import { FrontServerError } from './front-server-client.ts';

/**
 * A front server of relay protocol v1 wraps content keys to a one-time key; one of the published flow gives them bare.
 * With a one-time key of its own the site's back end stands for the latter.
 */
export interface OpeningKey {
  /** 04 ‖ x ‖ y, base64. */
  readonly publicKey: string;
  unwrap(wrapped: string): string;
}

export function createOpeningKey(): OpeningKey {
  const { privateKey, publicKey } = generateSm2KeyPair();
  return {
    publicKey: toBase64(publicKey),
    unwrap: (wrapped) => toBase64(decryptSm2(privateKey, fromBase64(wrapped))),
  };
}

/** What the front server is given of a page's envelopes: OpeningRequest (`RELAY-PROTOCOL.md`), base64 DER. */
export function toOpeningRequests(envelopes: unknown): readonly string[] {
  if (!Array.isArray(envelopes)) throw new FrontServerError('no envelopes');
  return envelopes.map((given: unknown) => {
    if (!isJsonObject(given)) throw new FrontServerError('no envelope');
    const { sm3, envelope } = given;
    const request = encodeSequence(
      encodeUnsignedInteger(1n),
      encodeOctetString(fromHex(String(sm3))),
      encodeOctetString(fromBase64(String(envelope))),
    );
    return toBase64(request);
  });
}

/** Content keys as the page is given them, null where the phone could not open an envelope. */
export function readKeys(
  result: unknown,
  openingKey: OpeningKey | undefined,
): readonly ({ form: 'bare' | 'wrapped'; key: string } | null)[] {
  const keys: unknown = isJsonObject(result) ? result['keys'] : undefined;
  if (!Array.isArray(keys)) throw new FrontServerError('result: no keys');
  return keys.map((key: unknown) => {
    if (typeof key !== 'string') return null;
    return openingKey === undefined
      ? { form: 'wrapped', key }
      : { form: 'bare', key: openingKey.unwrap(key) };
  });
}
