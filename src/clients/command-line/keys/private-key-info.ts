import { objectIdentifier, unsignedInteger } from '../../../gm/der-values.ts';
import { contextTag, DerError, expectTag, onlyChild, openFields, parseDer, tags } from '../../../gm/der.ts';
import type { DerElement } from '../../../gm/der.ts';
import { oid } from '../../../gm/object-identifiers.ts';

/** A key file of good DER that holds no SM2 key. */
export class KeyFileError extends Error {}

/** What a key file holds. Byte arrays are views into what was read. */
export type KeyFileContent =
  | { readonly kind: 'plain'; /** d, 32 bytes. */ readonly privateKey: Uint8Array }
  | {
      readonly kind: 'encrypted';
      /** AlgorithmIdentifier. */
      readonly algorithm: DerElement;
      readonly encrypted: Uint8Array;
    };

/**
 * Reads a private key: PrivateKeyInfo or EncryptedPrivateKeyInfo (RFC 5208 §5, §6), or ECPrivateKey (RFC 5915 §3; SEC 1
 * C.4) of the curve of GB/T 32918.5.
 * @throws DerError, KeyFileError
 */
export function readKeyFileContent(der: Uint8Array): KeyFileContent {
  const outer = parseDer(der, { maxLength: 65_536 });
  const [first, second] = expectTag(outer, tags.sequence).children;
  if (first?.tag === tags.sequence && second?.tag === tags.octetString) {
    return { kind: 'encrypted', algorithm: first, encrypted: second.content };
  }
  const privateKey = second?.tag === tags.octetString ? readEcPrivateKey(outer) : readPrivateKeyInfo(outer);
  return { kind: 'plain', privateKey };
}

function readPrivateKeyInfo(info: DerElement): Uint8Array {
  const fields = openFields(info);
  if (unsignedInteger(fields.takeAny()) > 1n) throw new KeyFileError('version');
  const algorithm = openFields(fields.take(tags.sequence));
  if (objectIdentifier(algorithm.takeAny()) !== oid.ecPublicKey) throw new KeyFileError('algorithm');
  expectSm2(algorithm.takeAny());
  return readEcPrivateKey(parseDer(fields.take(tags.octetString).content));
}

function readEcPrivateKey(element: DerElement): Uint8Array {
  const fields = openFields(element);
  if (unsignedInteger(fields.takeAny()) !== 1n) throw new KeyFileError('version');
  const privateKey = fields.take(tags.octetString).content;
  const parameters = fields.takeIf(contextTag(0));
  fields.takeIf(contextTag(1));
  fields.end();
  if (parameters !== undefined) expectSm2(onlyChild(parameters));
  if (privateKey.length !== 32) throw new KeyFileError('length');
  return privateKey;
}

function expectSm2(curve: DerElement): void {
  if (objectIdentifier(curve) !== oid.sm2) throw new KeyFileError('curve');
}

/** True for what `readKeyFileContent` throws. */
export function isKeyFileRefusal(error: unknown): error is DerError | KeyFileError {
  return error instanceof DerError || error instanceof KeyFileError;
}
