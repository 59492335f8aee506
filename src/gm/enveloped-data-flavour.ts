import { oid } from './object-identifiers.ts';

/** `gm`: GM/T 0010 (GB/T 35275). `pkcs7`: RFC 5652. One structure, two sets of names and version numbers. */
export type EnvelopeFlavour = 'gm' | 'pkcs7';

interface EnvelopeNames {
  readonly data: string;
  readonly envelopedData: string;
  /** Of the message and of each of its recipients: GM/T 0010 §9.1, §9.2; RFC 5652 §6.1, §6.2.1. */
  readonly version: bigint;
}

/** A message mixes none of one with one of the other; version numbers in the field do not tell them apart. */
export const envelopeNames: Readonly<Record<EnvelopeFlavour, EnvelopeNames>> = {
  gm: { data: oid.gmData, envelopedData: oid.gmEnvelopedData, version: 1n },
  pkcs7: { data: oid.pkcs7Data, envelopedData: oid.pkcs7EnvelopedData, version: 0n },
};

/** The flavour whose EnvelopedData has this identifier. */
export function flavourOfEnvelope(id: string): EnvelopeFlavour | undefined {
  if (id === envelopeNames.gm.envelopedData) return 'gm';
  return id === envelopeNames.pkcs7.envelopedData ? 'pkcs7' : undefined;
}
