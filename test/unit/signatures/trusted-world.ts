import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { createRevocationList, type RevocationListRequest } from '../../../src/gm/revocation-list-builder.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { memorySource } from '../../../src/lib/byte-source.ts';
import type { VerificationReport } from '../../../src/protocol/verification.ts';
import { verifyDocument, type VerificationOptions } from '../../../src/signatures/verify-document.ts';
import type { ZipFile } from '../../support/build-zip.ts';
import { ofdFiles, withFile } from '../../support/ofd-files.ts';
import { projectPath } from '../../support/project-paths.ts';
import { moment } from '../gm/test-pki.ts';
import { makeSealSignature, sealIssuer, sealRoot, toBeSealed } from '../gm/test-seals.ts';

/** An hour after everything was signed. */
export const now = new Date(moment.getTime() + 3_600_000);

/** A list in force that revokes what it is told. */
export function revocationList(
  issuer: RevocationListRequest['issuer'],
  entries: RevocationListRequest['entries'] = [],
  change: Partial<RevocationListRequest> = {},
): Uint8Array {
  return createRevocationList({
    issuer,
    thisUpdate: new Date(now.getTime() - 86_400_000),
    nextUpdate: new Date(now.getTime() + 86_400_000),
    number: 1n,
    entries,
    ...change,
  });
}

/** Knows the root, its intermediate, and that neither revoked anything. */
export const trusting: VerificationOptions = {
  anchors: [parseCertificate(sealRoot.certificate)],
  intermediates: [sealIssuer.certificate],
  crls: [revocationList(sealRoot), revocationList(sealIssuer)],
  now,
  createHash: () => createHash('sm3'),
};

export function verify(
  file: Uint8Array,
  change: Partial<VerificationOptions> = {},
): Promise<VerificationReport> {
  return verifyDocument(memorySource(file), { ...trusting, ...change });
}

/** Codes of all findings, those of the file first. */
export function codesOf(report: VerificationReport): string[] {
  return [report, ...report.signatures].flatMap(({ findings }) => findings.map(({ code }) => code));
}

export const dataFile = async (name: string) =>
  new Uint8Array(await readFile(projectPath(`../shared/data/${name}`)));

/** Files of an OFD of the layout of v4signed.ofd, sealed by `holder` with a seal of the trusted world. */
export async function sealedOfdFiles(): Promise<ZipFile[]> {
  return resealed(ofdFiles(await dataFile('v4signed.ofd')));
}

/** The files with Signature.xml, as it stands, sealed anew. */
export function resealed(files: readonly ZipFile[]): ZipFile[] {
  const signature = files.find(({ name }) => name === 'Doc_0/Signs/Sign_0/Signature.xml');
  if (signature === undefined) throw new Error('no Signature.xml');
  const value = makeSealSignature(toBeSealed({ dataHash: sm3(signature.content) }));
  return withFile(files, 'Doc_0/Signs/Sign_0/SignedValue.dat', () => value);
}
