import { fromBase64 } from '../lib/bytes.ts';
import { OfdError } from './ofd-error.ts';
import { resolveLocation } from './ofd-path.ts';
import { childOf, childrenOf, requiredChild, type XmlElement } from './xml-document.ts';

/** One protected file, as Signature.xml states it. */
export interface StatedReference {
  /** FileRef as it is written. */
  readonly fileRef: string;
  /** Base64 of CheckValue; undefined where it is none. */
  readonly checkValue: Uint8Array | undefined;
}

/** Where a seal is drawn. */
export interface OfdStamp {
  /** ID of the page object in the document. */
  readonly pageRef: string;
  /** Millimetres from the page's upper left corner; undefined where it is written otherwise. */
  readonly boundary:
    { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined;
}

/** What a Signature.xml states (GB/T 33190-2016, 18.2). */
export interface SignatureFile {
  readonly provider: { readonly name: string; readonly version?: string; readonly company?: string };
  /** As it is written: a dotted object identifier, where writers follow the standard. */
  readonly signatureMethod: string;
  /** As it is written; writers differ. */
  readonly signatureDateTime?: string;
  /** As it is written; MD5 where it is absent. */
  readonly checkMethod: string;
  readonly references: readonly StatedReference[];
  readonly stamps: readonly OfdStamp[];
  /** Path of the file with the signature value. */
  readonly signedValuePath: string;
  /** Path of the seal beside, where one is named. */
  readonly sealPath?: string;
}

/**
 * Reads a Signature.xml that lies at `path`.
 * @throws OfdError `malformed`, `unsafePath`
 */
export function readSignatureFile(root: XmlElement, path: string): SignatureFile {
  if (root.name !== 'Signature') throw new OfdError('malformed', 'no Signature');
  const signedInfo = requiredChild(root, 'SignedInfo');
  const provider = requiredChild(signedInfo, 'Provider').attributes;
  const references = requiredChild(signedInfo, 'References');
  const time = childOf(signedInfo, 'SignatureDateTime')?.text;
  const version = provider.get('Version');
  const company = provider.get('Company');
  const seal = childOf(signedInfo, 'Seal');
  const sealLocation = seal && (childOf(seal, 'BaseLoc')?.text ?? seal.attributes.get('BaseLoc'));
  return {
    provider: {
      name: provider.get('ProviderName') ?? '',
      ...(version === undefined ? {} : { version }),
      ...(company === undefined ? {} : { company }),
    },
    signatureMethod: childOf(signedInfo, 'SignatureMethod')?.text ?? '',
    ...(time === undefined || time === '' ? {} : { signatureDateTime: time }),
    checkMethod: references.attributes.get('CheckMethod') ?? 'MD5',
    references: childrenOf(references, 'Reference').map(readReference),
    stamps: childrenOf(signedInfo, 'StampAnnot').map(readStamp),
    signedValuePath: resolveLocation(requiredChild(root, 'SignedValue').text, path),
    ...(sealLocation === undefined || sealLocation === ''
      ? {}
      : { sealPath: resolveLocation(sealLocation, path) }),
  };
}

function readReference(element: XmlElement): StatedReference {
  const fileRef = element.attributes.get('FileRef');
  if (fileRef === undefined) throw new OfdError('malformed', 'no FileRef');
  return { fileRef, checkValue: readCheckValue(requiredChild(element, 'CheckValue').text) };
}

function readCheckValue(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text.replaceAll(/\s/g, ''));
  } catch {
    return undefined;
  }
}

function readStamp(element: XmlElement): OfdStamp {
  const numbers = (element.attributes.get('Boundary') ?? '').split(/\s+/).map(Number);
  const [x, y, width, height] = numbers;
  const isBox =
    numbers.length === 4 &&
    numbers.every(Number.isFinite) &&
    x !== undefined &&
    y !== undefined &&
    width !== undefined &&
    height !== undefined;
  return {
    pageRef: element.attributes.get('PageRef') ?? '',
    boundary: isBox ? { x, y, width, height } : undefined,
  };
}
