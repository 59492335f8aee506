import type { Locale } from '../protocol/errors/catalogue-entry.ts';
import { findingTexts } from '../protocol/verification-findings.ts';
import type {
  ChangeKind,
  Finding,
  FindingData,
  SealReport,
  SignatureReport,
  SignerReport,
  VerificationReport,
} from '../protocol/verification.ts';
import { reportWords, type ReportWords } from './report-words.ts';

export interface ReportTextOptions {
  readonly language: Locale;
  /** IANA name; the system's unless told. */
  readonly timeZone?: string;
}

/**
 * A report in plain words for a terminal, ending with a line end. Whatever comes from the file is put so that it
 * cannot steer the terminal, nor pass for a line of the report.
 */
export function reportText(report: VerificationReport, options: ReportTextOptions): string {
  const writer = createWriter(options);
  const { words } = writer;
  const head = `${words.kinds[report.kind]}${words.colon}${words.verdicts[report.verdict]}`;
  const lines = [
    head,
    ...report.findings.flatMap((found) => writer.finding(found, '  ')),
    ...report.signatures.flatMap((signature, index) => ['', ...signatureLines(signature, index + 1, writer)]),
  ];
  return `${lines.join('\n')}\n`;
}

interface Writer {
  readonly words: ReportWords;
  field(label: string, value: string): string;
  finding(found: Finding, indent: string): string[];
  time(iso: string): string;
  day(iso: string): string;
}

function createWriter({ language, timeZone }: ReportTextOptions): Writer {
  const words = reportWords[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  // Sweden writes dates as ISO 8601 does.
  const times = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', ...zone });
  const days = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone });
  const time = (iso: string) => times.format(new Date(iso));
  return {
    words,
    field: (label, value) => `   ${label}${words.colon}${value}`,
    finding({ code, severity, data }, indent) {
      const { title, explanation } = findingTexts[code][language];
      const told = data === undefined ? '' : dataText(data, words, time);
      return [`${indent}[${words.severities[severity]}] ${title}${told}`, `${indent}    ${explanation}`];
    },
    time,
    day: (iso) => days.format(new Date(iso)),
  };
}

function signatureLines(signature: SignatureReport, number: number, writer: Writer): string[] {
  const { words, field } = writer;
  const { signer, seal, signedAt, pages = [], changes = [] } = signature;
  return [
    `${number}. ${words[signature.kind]} ${words.quoted(visible(signature.name))}`,
    field(words.verdict, words.verdicts[signature.verdict]),
    ...(signer === undefined ? [] : signerLines(signer, writer)),
    ...(seal === undefined ? [] : [field(words.seal, sealLine(seal, writer))]),
    ...(signedAt === undefined ? [] : [field(words.signedAt, writer.time(signedAt))]),
    field(words.coverage, words.coverages[signature.coverage]),
    ...(pages.length === 0 ? [] : [field(words.pages, pages.join(words.separator))]),
    ...(changes.length === 0 ? [] : [field(words.changedAfter, changesText(changes, words))]),
    ...signature.findings.flatMap((found) => writer.finding(found, '   ')),
  ];
}

function signerLines(signer: SignerReport, { words, field, day }: Writer): string[] {
  const { name, organization, creditCode } = signer;
  const who = [
    visible(name),
    ...(organization === undefined ? [] : [visible(organization)]),
    ...(creditCode === undefined ? [] : [`${words.creditCode} ${visible(creditCode)}`]),
  ];
  return [
    field(words.signer, who.join(words.separator)),
    field(words.certificate, visible(signer.serialNumber)),
    field(words.issuer, visible(signer.issuer)),
    field(words.validity, `${day(signer.notBefore)} – ${day(signer.notAfter)}`),
  ];
}

function sealLine({ name, id, maker, validFrom, validTo }: SealReport, { words, day }: Writer): string {
  return [
    `${visible(name)} (${visible(id)})`,
    `${words.sealMaker} ${visible(maker)}`,
    `${words.validity} ${day(validFrom)} – ${day(validTo)}`,
  ].join(words.separator);
}

function changesText(
  changes: readonly { readonly kind: ChangeKind; readonly page?: number | undefined }[],
  words: ReportWords,
) {
  const texts = changes.map(({ kind, page }) => {
    return page === undefined ? words.changes[kind] : `${words.changes[kind]} (${words.page(page)})`;
  });
  return [...new Set(texts)].join(words.separator);
}

function dataText(data: FindingData, words: ReportWords, time: (iso: string) => string): string {
  const { name, part, count, page, algorithm, at } = data;
  const told = [
    ...[name, part, algorithm].flatMap((text) => (text === undefined || text === '' ? [] : [visible(text)])),
    ...(count === undefined || count < 2 ? [] : [words.parts(count)]),
    ...(page === undefined ? [] : [words.page(page)]),
    ...(at === undefined ? [] : [time(at)]),
  ];
  return told.length === 0 ? '' : ` (${told.join(words.separator)})`;
}

/** Text of a file without control characters and without those that turn the direction of writing. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
