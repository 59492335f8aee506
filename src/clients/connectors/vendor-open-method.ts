import { DerError } from '../../gm/der-error.ts';
import { openFields, parseDer, tags } from '../../gm/der.ts';
import { unsignedInteger } from '../../gm/der-values.ts';
import { EnvelopeError } from '../../gm/enveloped-data-error.ts';
import { parseEnvelope, type Envelope } from '../../gm/enveloped-data-message.ts';
import { decodePublicKey, Sm2Error } from '../../gm/sm2-curve.ts';
import { encryptSm2 } from '../../gm/sm2-encryption.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { connectorMethods } from '../../protocol/connector-methods.ts';
import type { HandlersOf } from '../runtime/method-handlers.ts';
import { RpcRefusal } from '../runtime/rpc-refusal.ts';
import type { Connectors } from './connectors.ts';

/** Bytes of a key that an envelope may carry (`src/platforms/RELAY-PROTOCOL.md`). */
const contentKeyLength = { least: 16, most: 64 };

/** What the encryption client has a vendor's service open. */
export function createVendorOpenMethod(
  connectors: Connectors,
): HandlersOf<Pick<typeof connectorMethods, 'vendor.open'>> {
  return {
    'vendor.open': {
      params: connectorMethods['vendor.open'].params,
      async run({ connector, key, requests, oneTimeKey: encodedKey }, { signal, progress }) {
        const oneTimeKey = orRefusal(() => readPublicKey(encodedKey));
        const envelopes = requests.map((request) => orRefusal(() => readEnvelope(request)));
        const keys: (string | null)[] = [];
        for (const envelope of envelopes) {
          const contentKey = await connectors[connector].open(key, envelope, signal);
          keys.push(contentKey === undefined ? null : wrap(oneTimeKey, contentKey));
          progress(keys.length, requests.length);
        }
        return { keys };
      },
    },
  };
}

function readPublicKey(encoded: string): Uint8Array {
  const publicKey = fromBase64(encoded);
  decodePublicKey(publicKey);
  return publicKey;
}

/** The envelope of an OpeningRequest, base64 DER. */
function readEnvelope(request: string): Envelope {
  const fields = openFields(parseDer(fromBase64(request)));
  const version = unsignedInteger(fields.takeAny());
  fields.take(tags.octetString);
  const envelope = fields.take(tags.octetString).content;
  fields.end();
  if (version !== 1n) throw new RpcRefusal('invalidParams');
  return parseEnvelope(envelope);
}

/** Wraps a content key to the one-time key, and overwrites it; null for what is too short or too long to be one. */
function wrap(oneTimeKey: Uint8Array, contentKey: Uint8Array): string | null {
  const { least, most } = contentKeyLength;
  try {
    if (contentKey.length < least || contentKey.length > most) return null;
    return toBase64(encryptSm2(oneTimeKey, contentKey));
  } finally {
    contentKey.fill(0);
  }
}

/** What our own client makes and our own extension carries is never malformed: no matter of the user's. */
function orRefusal<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isMalformed = [DerError, EnvelopeError, Sm2Error, RangeError].some((kind) => error instanceof kind);
    throw isMalformed ? new RpcRefusal('invalidParams') : error;
  }
}
