import { createSeal, type SealRequest } from '../../../src/gm/seal-builder.ts';
import {
  assembleSealSignature,
  createSealToBeSigned,
  type SealToBeSignedRequest,
} from '../../../src/gm/seal-signature.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { fromHex, utf8 } from '../../../src/lib/bytes.ts';
import { issueIntermediate, issueRoot, issueSubscriber, moment } from './test-pki.ts';

export const sealRoot = issueRoot();
export const sealIssuer = issueIntermediate(sealRoot);
export const maker = issueSubscriber(sealIssuer, 'signing', { commonName: '制章人' });
export const holder = issueSubscriber(sealIssuer);

const picture = { type: 'PNG', data: fromHex('89504e470d0a1a0a'), widthMm: 42, heightMm: 30 };

/** A seal of `holder` by `maker`. */
export function makeSeal(change: Partial<SealRequest> = {}): Uint8Array {
  return createSeal(
    {
      sealId: 'ZJ4408000001',
      vendorId: 'CABridge',
      name: '湛江某建设有限公司公章',
      type: 1,
      createdAt: new Date('2026-02-01T00:00:00Z'),
      validFrom: new Date('2026-02-01T00:00:00Z'),
      validTo: new Date('2026-12-31T00:00:00Z'),
      picture,
      holders: { certificates: [holder.certificate] },
      ...change,
    },
    maker,
  );
}

export const sealedBytes = utf8('投标文件');

export function toBeSealed(change: Partial<SealToBeSignedRequest> = {}): Uint8Array {
  return createSealToBeSigned({
    seal: makeSeal(),
    dataHash: sm3(sealedBytes),
    propertyInfo: '/Doc_0/Signs/Sign_0/Signature.xml',
    time: moment,
    ...change,
  });
}

/** `toBeSigned` signed by `holder`, as the phone does. */
export function makeSealSignature(
  toBeSigned = toBeSealed(),
  signer: { readonly certificate: Uint8Array; readonly privateKey: Uint8Array } = holder,
): Uint8Array {
  const signature = signSm2(signer.privateKey, toBeSigned);
  return assembleSealSignature({ toBeSigned, certificate: signer.certificate, signature });
}
