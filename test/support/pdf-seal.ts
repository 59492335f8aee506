import { createSignedData } from '../../src/gm/signed-data-builder.ts';
import { memorySource } from '../../src/lib/byte-source.ts';
import { concatBytes } from '../../src/lib/bytes.ts';
import { openPdf } from '../../src/pdf/open-pdf.ts';
import { completeSeal, prepareSeal, type SealRequest } from '../../src/pdf/prepare-seal.ts';
import { arbitraryContents, sealRequest } from './pdf-samples.ts';

/** Makes the PDF with one more seal. */
export type Sealer = (pdf: Uint8Array, change?: Partial<SealRequest>) => Promise<Uint8Array>;

/** A sealer whose signature is what `sign` makes of the bytes of the byte range. */
export function sealerWith(sign: (signed: Uint8Array) => Uint8Array): Sealer {
  return async (pdf, change = {}) => {
    const prepared = await prepareSeal(await openPdf(memorySource(pdf)), sealRequest(change));
    const whole = concatBytes(pdf, prepared.appendix);
    const [start, length, nextStart, nextLength] = prepared.byteRange;
    const signed = concatBytes(
      whole.subarray(start, start + length),
      whole.subarray(nextStart, nextStart + nextLength),
    );
    return concatBytes(pdf, completeSeal(prepared, sign(signed)));
  };
}

/** Seals with a signature that verifies nothing. */
export const sealBytes: Sealer = sealerWith(() => arbitraryContents);

/** Seals with a detached SM2 message of this signer. */
export function sm2Sealer(signer: {
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
}): Sealer {
  const signedAttributes = { signingTime: new Date('2026-07-01T07:59:00Z') };
  return sealerWith((content) =>
    createSignedData({ content, form: 'detached', signer, signedAttributes, flavour: 'pkcs7' }),
  );
}
