import { DerError, parseDer } from '../gm/der.ts';
import { parseSealSignature, sealSignatureHolds, type SealSignature } from '../gm/seal-signature.ts';
import { sealAllows, SealError, verifySealMaker, type Seal, type SealErrorReason } from '../gm/seal.ts';
import { equalBytes } from '../lib/bytes.ts';
import type { FindingCode } from '../protocol/finding-codes.ts';
import { finding, type Finding, type SealReport } from '../protocol/verification.ts';
import { judgeTime, judgeTrust, judgeValidity } from './judge-certificate.ts';
import type { JudgedSigner } from './judge-cms.ts';
import { sealReport, signerReport } from './report-parts.ts';
import type { TrustStore } from './trust-store.ts';

/** A seal's signature, judged. */
export interface JudgedSeal extends JudgedSigner {
  readonly seal?: SealReport;
}

const codeOfError: Readonly<Record<SealErrorReason, FindingCode>> = {
  unsupportedVersion: 'signatureFormatUnsupported',
  unsupportedAlgorithm: 'algorithmUnsupported',
  unsupportedCertificate: 'algorithmUnsupported',
  malformedPicture: 'sealMalformed',
  malformedValidity: 'sealMalformed',
  malformedHolders: 'sealMalformed',
};

/**
 * Judges an SES_Signature (GB/T 38540 §8.2).
 * @param digest SM3 of what it must be over, 32 bytes
 */
export async function judgeSeal(der: Uint8Array, digest: Uint8Array, store: TrustStore): Promise<JudgedSeal> {
  const read = readSealSignature(der);
  if (!('seal' in read)) return { findings: [read] };
  const { seal, signerCertificate, time: signedAt } = read;
  const { now } = store;
  const findings: Finding[] = [
    ...(equalBytes(read.dataHash, digest) ? [] : [finding('digestMismatch')]),
    ...(sealSignatureHolds(read) ? [] : [finding('signatureInvalid')]),
    ...(sealAllows(seal, signerCertificate.raw) ? [] : [finding('sealForAnotherCertificate')]),
    ...judgeTime(signedAt, now),
    ...(hasTimeStamp(read) ? [finding('timeStampNotChecked')] : []),
    ...judgeValidity(signerCertificate, signedAt, now),
    ...(await judgeTrust(
      { role: 'signer', certificate: signerCertificate, further: [], usedAt: signedAt },
      store,
    )),
    ...judgeSealValidity(seal, signedAt, now),
    ...(await judgeMaker(seal, store)),
  ];
  return {
    findings,
    signer: signerReport(signerCertificate),
    seal: sealReport(seal),
    ...(signedAt === undefined ? {} : { signedAt: signedAt.toISOString() }),
  };
}

function readSealSignature(der: Uint8Array): SealSignature | Finding {
  try {
    return parseSealSignature(der);
  } catch (error) {
    if (error instanceof SealError) return finding(codeOfError[error.reason]);
    if (error instanceof DerError) return finding('signatureMalformed');
    throw error;
  }
}

function judgeSealValidity(seal: Seal, signedAt: Date | undefined, now: Date): Finding[] {
  const at = signedAt ?? now;
  if (at < seal.validFrom) return [finding('sealNotYetValid', { at: seal.validFrom.toISOString() })];
  const data = { at: seal.validTo.toISOString() };
  if (at > seal.validTo) return [finding('sealExpired', data)];
  return now > seal.validTo ? [finding('sealExpiredNow', data)] : [];
}

/** The maker is judged as of the day on which it made the seal. */
async function judgeMaker(seal: Seal, store: TrustStore): Promise<Finding[]> {
  const { makerCertificate, createdAt } = seal;
  const { signatureHolds } = verifySealMaker(seal, { anchors: [], at: createdAt });
  if (!signatureHolds) return [finding('sealMakerSignatureInvalid')];
  const isOutside = createdAt < makerCertificate.notBefore || createdAt > makerCertificate.notAfter;
  return [
    ...(isOutside ? [finding('sealMakerUntrusted', { at: createdAt.toISOString() })] : []),
    ...(await judgeTrust(
      { role: 'sealMaker', certificate: makerCertificate, further: [], usedAt: createdAt },
      store,
    )),
  ];
}

/** GB/T 38540 has a time stamp behind the signature. */
function hasTimeStamp({ version, raw }: SealSignature): boolean {
  return version === 'V4' && parseDer(raw).children.length > 4;
}
