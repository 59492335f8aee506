import type { AbortSignalLike } from '../lib/abort-signal-like.ts';
import type { ByteSource } from '../lib/byte-source.ts';
import { checkReferences, type CheckedReference } from './check-references.ts';
import { createDigestBook, type HashFactory } from './digest-book.ts';
import { OfdError } from './ofd-error.ts';
import { ofdLimits } from './ofd-limits.ts';
import { folderOf, resolveLocation } from './ofd-path.ts';
import { readPageIds } from './page-ids.ts';
import { readSignatureFile, type SignatureFile } from './signature-file.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from './xml-document.ts';
import { openZipPackage, type ZipPackage } from './zip-package.ts';

/** One signature of an OFD package, its file digests checked; the signature value itself is not judged here. */
export interface OfdSignature extends Pick<
  SignatureFile,
  'provider' | 'signatureMethod' | 'signatureDateTime' | 'checkMethod' | 'stamps'
> {
  /** ID in Signatures.xml. */
  readonly id: string;
  /** `Seal` carries a GB/T 38540 signature, `Sign` a plain one. */
  readonly type: 'seal' | 'sign';
  /** Path of Signature.xml, without a leading slash. */
  readonly path: string;
  /** Bytes of Signature.xml: their digest is what is signed. */
  readonly signatureXml: Uint8Array;
  /** Bytes of the file with the signature value. */
  readonly signedValue: Uint8Array;
  readonly references: readonly CheckedReference[];
  /** Files that this signature does not protect, those of signatures aside. */
  readonly uncovered: readonly string[];
  /** Numbers of the stamped pages, from 1; a stamp whose page is not found gives none. */
  readonly pages: readonly number[];
}

/** A signature that is listed and cannot be read. */
export interface UnreadableOfdSignature {
  readonly id: string;
  readonly path: string;
  readonly refusal: OfdError['reason'];
}

export interface OfdSignatures {
  /** In the order of Signatures.xml. */
  readonly signatures: readonly (OfdSignature | UnreadableOfdSignature)[];
}

export interface OfdReading {
  /** Makes an SM3 hash. */
  readonly createHash: HashFactory;
  readonly signal?: AbortSignalLike;
  /** Bytes digested so far, of about how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads the signatures of an OFD package (GB/T 33190-2016, 18) and digests every file once. Memory stays bounded:
 * files are inflated piece by piece.
 * @throws OfdError when the package is not read at all
 */
export async function readOfdSignatures(source: ByteSource, reading: OfdReading): Promise<OfdSignatures> {
  const zip = await openZipPackage(source, reading.signal);
  const bodies = await readDocumentBodies(zip);
  const listed: Listed[] = [];
  const lists: string[] = [];
  for (const body of bodies) {
    const location = childOf(body, 'Signatures')?.text;
    if (location === undefined || location === '') continue;
    const list = resolveLocation(location, root);
    lists.push(list);
    const pageIds = await readPageIds(zip, resolveLocation(childOf(body, 'DocRoot')?.text ?? '', root));
    listed.push(...(await readList(zip, list, pageIds)));
  }
  if (listed.length > ofdLimits.signatures) throw new OfdError('tooLarge', 'signatures');
  if (new Set(listed.map(({ path }) => path)).size < listed.length)
    throw new OfdError('malformed', 'listed twice');

  const files: (Listed & { readonly file: SignatureFile | OfdError; readonly signatureXml: Uint8Array })[] =
    [];
  for (const one of listed) files.push({ ...one, ...(await openSignature(zip, one.path)) });
  const ownFiles = new Set([...lists, ...files.flatMap(({ path, file }) => filesOfSignature(path, file))]);
  const digests = createDigestBook(zip, reading);
  const signatures: (OfdSignature | UnreadableOfdSignature)[] = [];
  for (const { id, type, path, pageIds, file, signatureXml } of files) {
    if (file instanceof OfdError) {
      signatures.push({ id, path, refusal: file.reason });
      continue;
    }
    const references = await checkReferences(file, path, zip, digests);
    const covered = new Set(references.map((reference) => reference.path));
    const { provider, signatureMethod, signatureDateTime, checkMethod, stamps, signedValuePath } = file;
    signatures.push({
      id,
      type,
      path,
      provider,
      signatureMethod,
      ...(signatureDateTime === undefined ? {} : { signatureDateTime }),
      checkMethod,
      stamps,
      signatureXml,
      signedValue: await zip.read(signedValuePath, ofdLimits.signedValue),
      references,
      uncovered: [...zip.files].filter((name) => !covered.has(name) && !ownFiles.has(name)),
      pages: [...new Set(stamps.flatMap(({ pageRef }) => pageIds.get(pageRef) ?? []))],
    });
  }
  return { signatures };
}

const root = 'OFD.xml';

interface Listed {
  readonly id: string;
  readonly type: 'seal' | 'sign';
  readonly path: string;
  readonly pageIds: ReadonlyMap<string, number>;
}

async function readDocumentBodies(zip: ZipPackage): Promise<readonly XmlElement[]> {
  const ofd = parseXml(await zip.read(root, ofdLimits.xml));
  if (ofd.name !== 'OFD') throw new OfdError('malformed', 'no OFD');
  return childrenOf(ofd, 'DocBody');
}

async function readList(
  zip: ZipPackage,
  list: string,
  pageIds: ReadonlyMap<string, number>,
): Promise<Listed[]> {
  const signatures = parseXml(await zip.read(list, ofdLimits.xml));
  if (signatures.name !== 'Signatures') throw new OfdError('malformed', 'no Signatures');
  return childrenOf(signatures, 'Signature').map(({ attributes }) => {
    const location = attributes.get('BaseLoc');
    if (location === undefined) throw new OfdError('malformed', 'no BaseLoc');
    return {
      id: attributes.get('ID') ?? '',
      type: attributes.get('Type')?.toLowerCase() === 'sign' ? 'sign' : 'seal',
      path: resolveLocation(location, list),
      pageIds,
    };
  });
}

/** A signature that cannot be read does not keep the others from being judged. */
async function openSignature(
  zip: ZipPackage,
  path: string,
): Promise<{ file: SignatureFile | OfdError; signatureXml: Uint8Array }> {
  try {
    const signatureXml = await zip.read(path, ofdLimits.xml);
    const file = readSignatureFile(parseXml(signatureXml), path);
    if (!zip.files.has(file.signedValuePath)) throw new OfdError('missingFile', 'SignedValue');
    return { file, signatureXml };
  } catch (error) {
    if (error instanceof OfdError) return { file: error, signatureXml: new Uint8Array() };
    throw error;
  }
}

/**
 * Files that make up a signature, which those before it cannot have protected. Only beside its Signature.xml: a
 * signature value elsewhere could name a page's content, and make it look like none.
 */
function filesOfSignature(path: string, file: SignatureFile | OfdError): string[] {
  if (file instanceof OfdError) return [path];
  const { signedValuePath, sealPath } = file;
  const beside = [signedValuePath, ...(sealPath === undefined ? [] : [sealPath])];
  return [path, ...beside.filter((name) => folderOf(name) === folderOf(path))];
}
