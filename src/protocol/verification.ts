import * as v from 'valibot';
import { findingCodes, findingSeverities, type FindingCode } from './finding-codes.ts';

/**
 * How a file's signatures stand, the best first:
 * - `valid`: they hold, their signers are trusted, nothing was changed
 * - `validWithWarnings`: so too, with something that the reader should know
 * - `cannotTell`: nothing is signed, it cannot be read, or who signed cannot be judged here
 * - `invalid`: a signature does not hold, a signer is not to be trusted, or the file was changed
 */
export const verdicts = ['valid', 'validWithWarnings', 'cannotTell', 'invalid'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a report holds at most; reports cross native messaging. Strings in characters. */
export const reportLimits = {
  signatures: 256,
  findings: 200,
  changes: 200,
  pages: 2_000,
  text: 500,
  /** Base64 of a seal's picture: 256 kB of image. */
  picture: 350_000,
  /** Base64 of all pictures of a report together. */
  pictures: 600_000,
} as const;

const text = v.pipe(v.string(), v.maxLength(reportLimits.text));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(v.string(), v.isoTimestamp(), v.maxLength(32));

/** Nothing but these goes with a finding: names of the file's own parts, numbers, times. */
export const findingDataSchema = v.partial(
  v.strictObject({
    /** Path of a part of the file. */
    part: text,
    /** Of how many parts, where one stands for all. */
    count,
    page: count,
    algorithm: text,
    at: instant,
    /** Common name of a certificate's subject. */
    name: text,
  }),
);
export type FindingData = v.InferOutput<typeof findingDataSchema>;

const isFindingCode = (value: unknown): value is FindingCode =>
  typeof value === 'string' && Object.hasOwn(findingCodes, value);

export const findingSchema = v.strictObject({
  code: v.custom<FindingCode>(isFindingCode),
  severity: v.picklist(findingSeverities),
  data: v.optional(findingDataSchema),
});
export type Finding = v.InferOutput<typeof findingSchema>;

const findings = v.pipe(v.array(findingSchema), v.maxLength(reportLimits.findings));
const verdict = v.picklist(verdicts);

/** The holder of a certificate, as the certificate says; trusted only as far as the findings say. */
export const signerReportSchema = v.strictObject({
  name: text,
  organization: v.optional(text),
  /** 统一社会信用代码. */
  creditCode: v.optional(text),
  /** Hexadecimal. */
  serialNumber: text,
  /** RFC 4514. */
  issuer: text,
  notBefore: instant,
  notAfter: instant,
  /** SM3 of the certificate, hexadecimal. */
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
export type SignerReport = v.InferOutput<typeof signerReportSchema>;

export const sealPictureSchema = v.strictObject({
  /** As the seal names it, in lower case: `png`, `svg`, `ofd` … */
  type: text,
  base64: v.pipe(v.string(), v.maxLength(reportLimits.picture)),
  widthMm: v.number(),
  heightMm: v.number(),
});

export const sealReportSchema = v.strictObject({
  id: text,
  name: text,
  /** Who made the seal: the name in the maker's certificate. */
  maker: text,
  validFrom: instant,
  validTo: instant,
  /** Left out where it is too large for a report. */
  picture: v.optional(sealPictureSchema),
});
export type SealReport = v.InferOutput<typeof sealReportSchema>;

/** What a later revision did to the file. */
export const changeKinds = ['seal', 'form', 'annotation', 'page', 'other'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How much of the file a signature is over: all, an earlier revision, less than one, or a content of its own. */
export const coverages = ['wholeFile', 'revision', 'partial', 'content'] as const;
export type Coverage = (typeof coverages)[number];

export const signatureReportSchema = v.strictObject({
  /** Name of the field, path of the signature's file, or number in the message. */
  name: text,
  kind: v.picklist(['cms', 'seal']),
  verdict,
  findings,
  signer: v.optional(signerReportSchema),
  seal: v.optional(sealReportSchema),
  /** When the signer says it signed. */
  signedAt: v.optional(instant),
  coverage: v.picklist(coverages),
  /** Pages that show the seal, from 1. */
  pages: v.optional(v.pipe(v.array(count), v.maxLength(reportLimits.pages))),
  changes: v.optional(
    v.pipe(
      v.array(v.strictObject({ kind: v.picklist(changeKinds), page: v.optional(count) })),
      v.maxLength(reportLimits.changes),
    ),
  ),
});
export type SignatureReport = v.InferOutput<typeof signatureReportSchema>;

export const documentKinds = ['pdf', 'message', 'ofd', 'unknown'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const verificationReportSchema = v.strictObject({
  kind: v.picklist(documentKinds),
  /** The worst of all. */
  verdict,
  /** About the file as a whole. */
  findings,
  signatures: v.pipe(v.array(signatureReportSchema), v.maxLength(reportLimits.signatures)),
});
export type VerificationReport = v.InferOutput<typeof verificationReportSchema>;

/** A finding with the severity that its code has. */
export function finding(code: FindingCode, data?: FindingData): Finding {
  const { severity } = findingCodes[code];
  return data === undefined ? { code, severity } : { code, severity, data };
}

/** The verdict that findings lead to. */
export function verdictOf(found: readonly Finding[]): Verdict {
  const severities = new Set(found.map(({ severity }) => severity));
  if (severities.has('error')) return 'invalid';
  if (severities.has('unknown')) return 'cannotTell';
  return severities.has('warning') ? 'validWithWarnings' : 'valid';
}

/** The worst of several verdicts; valid when there is none. */
export function worstVerdict(several: readonly Verdict[]): Verdict {
  return verdicts.findLast((candidate) => several.includes(candidate)) ?? 'valid';
}
