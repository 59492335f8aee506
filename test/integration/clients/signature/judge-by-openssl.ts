import type { SealFormat } from '../../../../src/protocol/seal-places.ts';
import type { CutSeal } from '../../../support/cut-seal.ts';
import { asn1Tree, cutSigner, opensslSm2Holds, opensslSm3 } from '../../../support/sm2-judges.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';

/** What openssl, which knows nothing of us, says of one seal. */
export async function judgeByOpenssl(cut: CutSeal, by: TestSubscriber, format: SealFormat) {
  const { contents, signed } = cut;
  const digest = await opensslSm3(signed);
  if (format === 'cms') {
    const signer = await cutSigner(contents);
    return {
      isOverTheFile: signer.messageDigest === digest,
      isSignersOwn: await opensslSm2Holds(by.pair.signing, signer.signedAttributes, signer.signature),
    };
  }
  const [toSign, certificate, , signature] = (await asn1Tree(contents)).children;
  const [, , , dataHash] = toSign?.children ?? [];
  const values = [toSign?.raw, signature?.content.subarray(1)].map((part) => part ?? new Uint8Array());
  return {
    isOverTheFile: Buffer.from(dataHash?.content.subarray(1) ?? []).toString('hex') === digest,
    isSignersOwn:
      Buffer.from(certificate?.content ?? []).equals(by.pair.signing) &&
      (await opensslSm2Holds(by.pair.signing, ...(values as [Uint8Array, Uint8Array]))),
  };
}
