import { memorySource, type ByteSource } from '../lib/byte-source.ts';
import { sealedRange } from '../pdf/sealed-range.ts';
import { inspectSignatures, type ByteRangeProblem, type PdfSignature } from '../pdf/inspect-signatures.ts';
import { openPdf, PdfError, type PdfDocument } from '../pdf/open-pdf.ts';
import {
  finding,
  reportLimits,
  type SignatureReport,
  type VerificationReport,
} from '../protocol/verification.ts';
import { isSignedDataMessage } from './document-kind.ts';
import { hashSource } from './hash-source.ts';
import { judgeCms } from './judge-cms.ts';
import { judgeSeal, type JudgedSeal } from './judge-seal.ts';
import { changeFindings, codeOfPdfError, problemFindings } from './pdf-findings.ts';
import { documentReport, shorten, signatureReport } from './report-parts.ts';
import { openTrustStore, type TrustStore } from './trust-store.ts';
import type { VerificationOptions } from './verification-options.ts';
import { watchedSource } from './watched-source.ts';

/** Judges every signature field of a PDF (ISO 32000-1 §12.8) that has a value, oldest first. */
export async function verifyPdf(
  source: ByteSource,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const signatures = await inspectOrRefusal(source, options.signal);
  if (signatures instanceof PdfError) {
    return documentReport('pdf', [finding(codeOfPdfError[signatures.reason])]);
  }
  if (signatures.length === 0) return documentReport('pdf', [finding('nothingSigned')]);
  if (signatures.length > reportLimits.signatures) return documentReport('pdf', [finding('fileTooLarge')]);
  const store = openTrustStore(options);
  const total = signatures
    .filter(isReadable)
    .reduce((sum, { byteRange }) => sum + byteRange[1] + byteRange[3], 0);
  const watched = watchedSource(total, options)(source);
  const reports: SignatureReport[] = [];
  for (const signature of signatures) {
    options.signal?.throwIfAborted();
    reports.push(await judge(signature, watched, options, store));
  }
  return documentReport('pdf', [], reports);
}

async function inspectOrRefusal(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<readonly PdfSignature[] | PdfError> {
  try {
    const document = await openPdf(source, signal === undefined ? {} : { signal });
    const signatures = await inspectSignatures(document);
    if (signatures.length === 0 && (await endsUnfinished(document))) {
      return new PdfError('damaged', 'an unfinished revision at the end');
    }
    return signatures;
  } catch (error) {
    if (error instanceof PdfError) return error;
    throw error;
  }
}

/** A file that was cut within its last revision is still the document before it, which may not have been signed. */
async function endsUnfinished({ source, tail }: PdfDocument): Promise<boolean> {
  const rest = await source.read(tail.end, source.size - tail.end);
  return /\d\s+obj\b|\bxref\b/.test(Buffer.from(rest).toString('latin1'));
}

async function judge(
  signature: PdfSignature,
  source: ByteSource,
  options: VerificationOptions,
  store: TrustStore,
): Promise<SignatureReport> {
  const { fieldName, coverage, places, subFilter } = signature;
  const isForeign = subFilter === 'adbe.x509.rsa_sha1';
  const problems = isForeign
    ? signature.problems.filter((problem) => problem !== 'contentsMalformed')
    : signature.problems;
  const { findings, ...judged } = await judgeValue(signature, source, options, store);
  const later = changeFindings(signature.changesAfter);
  const pages = [...new Set(places.map(({ page }) => page))];
  return signatureReport({
    name: fieldName,
    kind: isSignedDataMessage(signature.contents) || isForeign ? 'cms' : 'seal',
    coverage: coverage === 'broken' ? 'partial' : coverage,
    findings: [...problemFindings(problems), ...findings, ...later.findings],
    ...judged,
    ...(pages.length === 0 ? {} : { pages }),
    ...(later.changes.length === 0 ? {} : { changes: later.changes }),
  });
}

const messageSubFilters: ReadonlySet<string> = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);
const sealSubFilter = 'GM.sm2seal';

/** Judges /Contents over the bytes of the range, where there is such a range. */
async function judgeValue(
  signature: PdfSignature,
  source: ByteSource,
  { createHash, signal }: VerificationOptions,
  store: TrustStore,
): Promise<JudgedSeal> {
  const { byteRange, contents, subFilter, signingTime } = signature;
  const algorithm = { algorithm: shorten(subFilter) };
  if (subFilter === 'adbe.x509.rsa_sha1') return { findings: [finding('algorithmUnsupported', algorithm)] };
  if (!isReadable(signature)) return { findings: [] };
  const content = sealedRange(source, byteRange);
  const unsupported = { findings: [finding('signatureFormatUnsupported', algorithm)] };
  if (!isSignedDataMessage(contents)) {
    const judged = await judgeSeal(contents, await hashSource(content, createHash, signal), store);
    // Other vendors' names for the same are taken, as long as it is the same.
    return subFilter === sealSubFilter || judged.seal !== undefined ? judged : unsupported;
  }
  if (!messageSubFilters.has(subFilter)) return unsupported;
  const signers = await judgeCms(
    {
      message: memorySource(contents),
      content,
      createHash,
      ...(signingTime === undefined ? {} : { statedTime: signingTime }),
    },
    store,
  );
  return { ...signers[0], findings: signers.flatMap(({ findings }) => findings) };
}

const unreadable: ReadonlySet<ByteRangeProblem> = new Set([
  'missing',
  'malformed',
  'negative',
  'overlaps',
  'beyondEnd',
  'contentsMalformed',
]);

/** True when there are bytes that the signature could be over. */
function isReadable({ problems }: PdfSignature): boolean {
  return !problems.some((problem) => unreadable.has(problem));
}
