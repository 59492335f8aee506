import { memorySource, type ByteSource } from '../lib/byte-source.ts';
import type { CheckedReference, ReferenceVerdict } from '../ofd/check-references.ts';
import { OfdError, type OfdRefusal } from '../ofd/ofd-error.ts';
import { readOfdSignatures, type OfdSignature, type OfdSignatures } from '../ofd/read-ofd-signatures.ts';
import type { FindingCode } from '../protocol/finding-codes.ts';
import {
  finding,
  type Finding,
  type SignatureReport,
  type VerificationReport,
} from '../protocol/verification.ts';
import { isSignedDataMessage } from './document-kind.ts';
import { judgeCms } from './judge-cms.ts';
import { judgeSeal, type JudgedSeal } from './judge-seal.ts';
import { documentReport, shorten, signatureReport } from './report-parts.ts';
import { openTrustStore, type TrustStore } from './trust-store.ts';
import type { VerificationOptions } from './verification-options.ts';

const codeOfRefusal: Readonly<Record<OfdRefusal, FindingCode>> = {
  notZip: 'fileDamaged',
  damaged: 'fileDamaged',
  unsupportedZip: 'fileUnsupported',
  encrypted: 'fileEncrypted',
  tooLarge: 'fileTooLarge',
  duplicateEntry: 'packageAmbiguous',
  overlappingEntries: 'packageAmbiguous',
  unsafePath: 'packageUnsafePath',
  notUtf8: 'packageForbiddenXml',
  documentType: 'packageForbiddenXml',
  missingFile: 'fileDamaged',
  malformed: 'fileDamaged',
};

/** Judges every signature of an OFD package (GB/T 33190-2016, 18). */
export async function verifyOfd(
  source: ByteSource,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const read = await readOrRefusal(source, options);
  if (read instanceof OfdError) return documentReport('ofd', [finding(codeOfRefusal[read.reason])]);
  if (read.signatures.length === 0) return documentReport('ofd', [finding('nothingSigned')]);
  const store = openTrustStore(options);
  const reports: SignatureReport[] = [];
  for (const signature of read.signatures) {
    options.signal?.throwIfAborted();
    reports.push(
      'refusal' in signature
        ? unreadable(signature.path, signature.refusal)
        : await judge(signature, options, store),
    );
  }
  return documentReport('ofd', [], reports);
}

async function readOrRefusal(
  source: ByteSource,
  { createHash, signal, onProgress }: VerificationOptions,
): Promise<OfdSignatures | OfdError> {
  try {
    return await readOfdSignatures(source, {
      createHash,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  } catch (error) {
    if (error instanceof OfdError) return error;
    throw error;
  }
}

/** A signature that the package lists and whose parts are not as they must be. */
function unreadable(name: string, refusal: OfdRefusal): SignatureReport {
  const code = refusal === 'tooLarge' ? 'fileTooLarge' : 'signatureMalformed';
  return signatureReport({ name, kind: 'seal', coverage: 'partial', findings: [finding(code)] });
}

async function judge(
  signature: OfdSignature,
  options: VerificationOptions,
  store: TrustStore,
): Promise<SignatureReport> {
  const { signedValue, uncovered, references, pages } = signature;
  const isMessage = isSignedDataMessage(signedValue);
  const judged = isMessage
    ? await judgePlain(signature, options, store)
    : await judgeSealed(signature, options, store);
  const [firstUncovered] = uncovered;
  const findings: Finding[] = [
    ...referenceFindings(references, signature.checkMethod),
    ...(firstUncovered === undefined
      ? []
      : [finding('partNotCovered', { part: shorten(firstUncovered), count: uncovered.length })]),
    ...judged.findings,
  ];
  return signatureReport({
    name: signature.path,
    kind: isMessage ? 'cms' : 'seal',
    coverage: uncovered.length === 0 ? 'wholeFile' : 'partial',
    ...(pages.length === 0 ? {} : { pages: [...pages] }),
    ...judged,
    findings,
  });
}

/** What is signed is Signature.xml, which holds the digests of all else. */
async function judgeSealed(
  { signatureXml, signedValue, type }: OfdSignature,
  { createHash }: VerificationOptions,
  store: TrustStore,
): Promise<JudgedSeal> {
  const hash = createHash();
  hash.update(signatureXml);
  const judged = await judgeSeal(signedValue, hash.digest(), store);
  const isOther = type === 'sign' && judged.seal === undefined;
  return isOther ? { findings: [finding('signatureFormatUnsupported')] } : judged;
}

async function judgePlain(
  { signatureXml, signedValue }: OfdSignature,
  { createHash }: VerificationOptions,
  store: TrustStore,
): Promise<JudgedSeal> {
  const message = memorySource(signedValue);
  const signers = await judgeCms({ message, content: memorySource(signatureXml), createHash }, store);
  const [first] = signers;
  return { ...first, findings: signers.flatMap(({ findings }) => findings) };
}

const codeOfVerdict = {
  differs: 'digestMismatch',
  missing: 'partMissing',
  unsafePath: 'referenceInvalid',
  malformed: 'referenceInvalid',
  unsupportedMethod: 'algorithmUnsupported',
} as const satisfies Readonly<Record<Exclude<ReferenceVerdict, 'matches'>, FindingCode>>;

const troubles = Object.keys(codeOfVerdict) as (keyof typeof codeOfVerdict)[];

/** One finding for each kind of trouble, naming the first part that has it. */
function referenceFindings(references: readonly CheckedReference[], checkMethod: string): Finding[] {
  if (references.length === 0) return [finding('referenceInvalid', { count: 0 })];
  return troubles.flatMap((trouble) => {
    const group = references.filter(({ verdict }) => verdict === trouble);
    const [first] = group;
    if (first === undefined) return [];
    const algorithm = trouble === 'unsupportedMethod' ? { algorithm: shorten(checkMethod) } : {};
    const part = shorten(first.path ?? first.fileRef);
    return [finding(codeOfVerdict[trouble], { part, count: group.length, ...algorithm })];
  });
}
