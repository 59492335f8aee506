import { DerError } from '../../gm/der-error.ts';
import { Sm2Error } from '../../gm/sm2-curve.ts';
import { decryptSm2 } from '../../gm/sm2-encryption.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { readBase64 } from '../certificates/read-certificate.ts';

/**
 * What the phone wrapped to a one-time key: secret, to be overwritten by the caller.
 * @param key SM2Cipher, base64 DER
 * @throws CodedError `BID_KEY_NOT_OPENED` where it was wrapped to another key, or is nothing of the kind
 */
export function unwrapKey(privateKey: Uint8Array, key: string): Uint8Array {
  try {
    return decryptSm2(privateKey, readBase64(key, 'BID_KEY_NOT_OPENED'));
  } catch (error) {
    if (error instanceof DerError || error instanceof Sm2Error) throw new CodedError('BID_KEY_NOT_OPENED');
    throw error;
  }
}
