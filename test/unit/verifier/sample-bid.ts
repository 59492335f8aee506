import { createHash, randomBytes } from 'node:crypto';
import { bidGeometry } from '../../../src/bid/bid-geometry.ts';
import { encodeBidHeader } from '../../../src/bid/bid-header.ts';
import { sealEnvelope } from '../../../src/gm/enveloped-data.ts';

export const chunkSize = 65_536;

/** Header and digest of a bid that these certificates (DER) can open. */
export function sampleHeader(certificates: readonly Uint8Array[], plainSize = 200_000): Uint8Array {
  const content = randomBytes(48);
  const header = encodeBidHeader({
    chunkSize,
    plainSize,
    nonce: randomBytes(8),
    recipients: certificates.map((certificate) => ({
      certificate,
      envelope: sealEnvelope({ content, recipients: [certificate] }),
    })),
  });
  return Buffer.concat([header, createHash('sm3').update(header).digest()]);
}

/**
 * What anybody without a key takes for a whole bid: its body is random, as ciphertext looks. `header` is as
 * `sampleHeader` gives it.
 */
export function sampleBid(
  certificates: readonly Uint8Array[],
  plainSize = 200_000,
): { readonly bytes: Uint8Array; readonly sm3: string; readonly headerLength: number } {
  const header = sampleHeader(certificates, plainSize);
  const headerLength = header.length - 32;
  const { length } = bidGeometry({ headerLength, chunkSize, plainSize });
  const bytes = Buffer.concat([header, randomBytes(length - header.length)]);
  return { bytes, sm3: createHash('sm3').update(bytes).digest('hex'), headerLength };
}
