import { CertificateError, parseCertificate, type Certificate } from './certificate.ts';
import { objectIdentifier, unsignedInteger } from './der-values.ts';
import { contextTag, DerError, onlyChild, openFields, tags, type DerElement } from './der.ts';
import { contentTypes, flavourOfSignedData } from './signed-data-flavour.ts';

/** A SignedData as it is written, not judged. */
export interface SignedDataMessage {
  /** What contentType must say in signed attributes, where there are any. */
  readonly dataType: string;
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly signerInfos: readonly SignerInfo[];
}

export interface SignerInfo {
  /** Name of the signer's issuer, DER. */
  readonly issuer: Uint8Array;
  readonly serialNumber: bigint;
  /** Dotted identifiers. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signedAttributes: DerElement | undefined;
  readonly signature: Uint8Array;
}

const maxSigners = 16;
const maxCertificates = 32;

/**
 * Reads a ContentInfo of SignedData, version 1, over plain data (GM/T 0010 §8, RFC 5652 §5.1).
 * @throws DerError for anything else
 */
export function readSignedData(contentInfo: DerElement): SignedDataMessage {
  const outer = openFields(contentInfo);
  const flavour = flavourOfSignedData(objectIdentifier(outer.takeAny()));
  if (flavour === undefined) throw new DerError('unexpectedElement', 'another content type');
  const fields = openFields(onlyChild(outer.take(contextTag(0))));
  outer.end();

  expectVersion1(fields.takeAny());
  fields.take(tags.set);
  const dataType = contentTypes[flavour].data;
  const content = readContent(fields.takeAny(), dataType);
  const certificates = fields.takeIf(contextTag(0))?.children ?? [];
  fields.takeIf(contextTag(1));
  const signerInfos = fields.take(tags.set).children;
  fields.end();
  if (signerInfos.length > maxSigners || certificates.length > maxCertificates) throw new DerError('tooLong');
  return {
    dataType,
    content,
    certificates: certificates.flatMap(readSm2Certificate),
    signerInfos: signerInfos.map(readSignerInfo),
  };
}

function readContent(contentInfo: DerElement, dataType: string): Uint8Array | undefined {
  const fields = openFields(contentInfo);
  if (objectIdentifier(fields.takeAny()) !== dataType) {
    throw new DerError('unexpectedElement', 'another content type');
  }
  const carried = fields.takeIf(contextTag(0));
  fields.end();
  if (carried === undefined) return undefined;
  const inside = openFields(carried, carried.tag);
  const { content } = inside.take(tags.octetString);
  inside.end();
  return content;
}

/** Certificates of other algorithms may stand beside; nobody here signed with them. */
function readSm2Certificate(element: DerElement): Certificate[] {
  try {
    return [parseCertificate(element.raw)];
  } catch (error) {
    if (error instanceof CertificateError) return [];
    throw error;
  }
}

function readSignerInfo(element: DerElement): SignerInfo {
  const fields = openFields(element);
  expectVersion1(fields.takeAny());
  const issuerAndSerial = openFields(fields.takeAny());
  const issuer = issuerAndSerial.takeAny().raw;
  const serialNumber = unsignedInteger(issuerAndSerial.takeAny());
  issuerAndSerial.end();
  const digestAlgorithm = readAlgorithm(fields.takeAny());
  const signedAttributes = fields.takeIf(contextTag(0));
  const signatureAlgorithm = readAlgorithm(fields.takeAny());
  const signature = fields.take(tags.octetString).content;
  fields.takeIf(contextTag(1));
  fields.end();
  return { issuer, serialNumber, digestAlgorithm, signatureAlgorithm, signedAttributes, signature };
}

function expectVersion1(element: DerElement): void {
  if (unsignedInteger(element) !== 1n) throw new DerError('unexpectedElement', 'another version');
}

/** Dotted identifier of an AlgorithmIdentifier; SM2 and SM3 have no parameters, or NULL. */
function readAlgorithm(element: DerElement): string {
  const fields = openFields(element);
  const id = objectIdentifier(fields.takeAny());
  fields.takeIf(tags.null);
  fields.end();
  return id;
}
