import { createHash } from 'node:crypto';
import { isCertificateRefusal, type Certificate } from '../../gm/certificate.ts';
import { parseSealSignature, sealSignatureHolds, type SealSignature } from '../../gm/seal-signature.ts';
import { sealAllows, SealError } from '../../gm/seal.ts';
import { verifySignedDataStream } from '../../gm/signed-data-stream.ts';
import { memorySource, type ByteSource } from '../../lib/byte-source.ts';
import { equalBytes } from '../../lib/bytes.ts';
import type { PdfSignature } from '../../pdf/inspect-signatures.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { hashSource } from '../runtime/files/hash-source.ts';
import { sealedRange } from '../../pdf/sealed-range.ts';

/** Whose seal it is; undefined where the signature cannot be read or does not hold: it is nobody's then. */
export async function sealedBy(
  { contents, byteRange }: PdfSignature,
  source: ByteSource,
  context: Pick<MethodContext, 'signal' | 'progress'>,
): Promise<Certificate | undefined> {
  const content = sealedRange(source, byteRange);
  const sealSignature = readSealSignature(contents);
  if (sealSignature !== undefined) {
    const { seal, signerCertificate, dataHash } = sealSignature;
    // The standard leaves the signer's certificate unsigned; the seal says whose it may be.
    const holds = sealSignatureHolds(sealSignature) && sealAllows(seal, signerCertificate.raw);
    return holds && equalBytes(dataHash, await hashSource(content, context)) ? signerCertificate : undefined;
  }
  const verified = await verifySignedDataStream(memorySource(contents), {
    content,
    createHash: () => createHash('sm3'),
  });
  return verified.ok ? verified.signers[0]?.certificate : undefined;
}

function readSealSignature(contents: Uint8Array): SealSignature | undefined {
  try {
    return parseSealSignature(contents);
  } catch (error) {
    if (error instanceof SealError || isCertificateRefusal(error)) return undefined;
    throw error;
  }
}
