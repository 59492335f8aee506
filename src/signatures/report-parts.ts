import type { Certificate } from '../gm/certificate.ts';
import type { Seal } from '../gm/seal.ts';
import { sm3 } from '../gm/sm3.ts';
import { toBase64, toHex } from '../lib/bytes.ts';
import {
  reportLimits,
  verdictOf,
  worstVerdict,
  type DocumentKind,
  type Finding,
  type SealReport,
  type SignatureReport,
  type SignerReport,
  type VerificationReport,
} from '../protocol/verification.ts';

/** Text of a file, as long as a report takes it. */
export function shorten(text: string): string {
  return text.length <= reportLimits.text ? text : `${text.slice(0, reportLimits.text - 1)}…`;
}

export function signerReport(certificate: Certificate): SignerReport {
  const { subject, issuer, creditCode } = certificate;
  return {
    name: shorten(subject.commonName ?? subject.text),
    ...(subject.organization === undefined ? {} : { organization: shorten(subject.organization) }),
    ...(creditCode === undefined ? {} : { creditCode }),
    serialNumber: shorten(certificate.serialNumber),
    issuer: shorten(issuer.text),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    fingerprint: toHex(sm3(certificate.raw)),
  };
}

export function sealReport(seal: Seal): SealReport {
  const { picture, makerCertificate } = seal;
  const base64Length = Math.ceil(picture.data.length / 3) * 4;
  return {
    id: shorten(seal.sealId),
    name: shorten(seal.name),
    maker: shorten(makerCertificate.subject.commonName ?? makerCertificate.subject.text),
    validFrom: seal.validFrom.toISOString(),
    validTo: seal.validTo.toISOString(),
    ...(base64Length > reportLimits.picture
      ? {}
      : {
          picture: {
            type: shorten(picture.type),
            base64: toBase64(picture.data),
            widthMm: picture.widthMm,
            heightMm: picture.heightMm,
          },
        }),
  };
}

/** A signature's report with the verdict that its findings lead to. */
export function signatureReport(report: Omit<SignatureReport, 'verdict'>): SignatureReport {
  const findings = report.findings.slice(0, reportLimits.findings);
  return {
    ...report,
    name: shorten(report.name),
    // What was cut off counts all the same.
    verdict: verdictOf(report.findings),
    findings,
    ...(report.pages === undefined ? {} : { pages: report.pages.slice(0, reportLimits.pages) }),
    ...(report.changes === undefined ? {} : { changes: report.changes.slice(0, reportLimits.changes) }),
  };
}

/** The report of a file: the worst of what was found of the file and of its signatures. */
export function documentReport(
  kind: DocumentKind,
  findings: readonly Finding[],
  signatures: readonly SignatureReport[] = [],
): VerificationReport {
  const verdict = worstVerdict([verdictOf(findings), ...signatures.map((signature) => signature.verdict)]);
  return { kind, verdict, findings: [...findings], signatures: withFewerPictures(signatures) };
}

/** Pictures as long as there is room for them; a report has a bound. */
function withFewerPictures(signatures: readonly SignatureReport[]): SignatureReport[] {
  let left: number = reportLimits.pictures;
  return signatures.map((signature) => {
    const picture = signature.seal?.picture;
    if (signature.seal === undefined || picture === undefined) return signature;
    left -= picture.base64.length;
    if (left >= 0) return signature;
    const { picture: _dropped, ...seal } = signature.seal;
    return { ...signature, seal };
  });
}
