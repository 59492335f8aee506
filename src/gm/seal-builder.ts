import type { Authority } from './certificate-builder.ts';
import {
  encodeBitString,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeObjectIdentifier,
  encodeOctetString,
  encodePrintableString,
  encodeSequence,
  encodeUnsignedInteger,
  encodeUtf8String,
} from './der-encode.ts';
import { oid } from './object-identifiers.ts';
import type { SealPicture } from './seal.ts';
import { signSm2 } from './sm2.ts';

export interface SealRequest {
  /** ASCII. */
  readonly sealId: string;
  /** ASCII. */
  readonly vendorId: string;
  readonly name: string;
  /** The issuer's number for kinds of seals. */
  readonly type: number;
  readonly createdAt: Date;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly picture: SealPicture;
  /** Who may sign with it: certificates (DER), or their SM3 digests. */
  readonly holders:
    { readonly certificates: readonly Uint8Array[] } | { readonly digests: readonly Uint8Array[] };
}

/**
 * Makes a seal (SESeal of GB/T 38540-2020 §6). DER.
 * @throws RangeError for text that is not ASCII where it must be, or sizes that are no whole numbers
 */
export function createSeal(request: SealRequest, maker: Authority): Uint8Array {
  const { picture } = request;
  const info = encodeSequence(
    encodeSequence(encodeIa5String('ES'), encodeUnsignedInteger(4n), encodeIa5String(request.vendorId)),
    encodeIa5String(request.sealId),
    encodeSequence(
      encodeUnsignedInteger(BigInt(request.type)),
      encodeUtf8String(request.name),
      ...encodeHolders(request.holders),
      encodeGeneralizedTime(request.createdAt),
      encodeGeneralizedTime(request.validFrom),
      encodeGeneralizedTime(request.validTo),
    ),
    encodeSequence(
      encodeIa5String(picture.type),
      encodeOctetString(picture.data),
      encodeUnsignedInteger(BigInt(picture.widthMm)),
      encodeUnsignedInteger(BigInt(picture.heightMm)),
    ),
  );
  return encodeSequence(
    info,
    encodeOctetString(maker.certificate),
    encodeObjectIdentifier(oid.sm2WithSm3),
    encodeBitString(signSm2(maker.privateKey, info)),
  );
}

/** certListType and certList. */
function encodeHolders(holders: SealRequest['holders']): Uint8Array[] {
  if ('certificates' in holders) {
    return [encodeUnsignedInteger(1n), encodeSequence(...holders.certificates.map(encodeOctetString))];
  }
  const digests = holders.digests.map((digest) =>
    encodeSequence(encodePrintableString('SM3'), encodeOctetString(digest)),
  );
  return [encodeUnsignedInteger(2n), encodeSequence(...digests)];
}
