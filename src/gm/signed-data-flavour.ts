import { oid } from './object-identifiers.ts';

/** `gm`: GM/T 0010 (GB/T 35275). `pkcs7`: RFC 5652, as PDF's adbe.pkcs7.detached wants it. One structure, two sets of names. */
export type SignedDataFlavour = 'gm' | 'pkcs7';

/** Content types of each; a message mixes none of one with one of the other. */
export const contentTypes: Readonly<
  Record<SignedDataFlavour, { readonly data: string; readonly signedData: string }>
> = {
  gm: { data: oid.gmData, signedData: oid.gmSignedData },
  pkcs7: { data: oid.pkcs7Data, signedData: oid.pkcs7SignedData },
};

/** The flavour whose SignedData has this identifier. */
export function flavourOfSignedData(id: string): SignedDataFlavour | undefined {
  if (id === contentTypes.gm.signedData) return 'gm';
  return id === contentTypes.pkcs7.signedData ? 'pkcs7' : undefined;
}
