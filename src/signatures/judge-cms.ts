import { isCertificateRefusal, type Certificate } from '../gm/certificate.ts';
import { parseDer } from '../gm/der.ts';
import { locateContent } from '../gm/signed-data-locator.ts';
import { readSignedData } from '../gm/signed-data-message.ts';
import type { SignedDataRefusal } from '../gm/signed-data-signers.ts';
import { verifySignedDataStream } from '../gm/signed-data-stream.ts';
import type { CreateSm3 } from '../gm/sm3.ts';
import type { ByteSource } from '../lib/byte-source.ts';
import { equalBytes, toHex } from '../lib/bytes.ts';
import type { FindingCode } from '../protocol/finding-codes.ts';
import { finding, type Finding, type SignerReport } from '../protocol/verification.ts';
import { judgeTime, judgeTrust, judgeValidity } from './judge-certificate.ts';
import { signerReport } from './report-parts.ts';
import type { TrustStore } from './trust-store.ts';

/** One signer of a message, judged. */
export interface JudgedSigner {
  readonly findings: readonly Finding[];
  readonly signer?: SignerReport;
  readonly signedAt?: string;
}

export interface CmsRequest {
  readonly message: ByteSource;
  /** What it is over, where it is detached. */
  readonly content?: ByteSource;
  /** When the signer says it signed, where the message does not say so itself. */
  readonly statedTime?: Date;
  readonly createHash: CreateSm3;
}

const codeOfRefusal: Readonly<Record<SignedDataRefusal, FindingCode>> = {
  malformed: 'signatureMalformed',
  unsupportedAlgorithm: 'algorithmUnsupported',
  contentMissing: 'contentMissing',
  contentMismatch: 'contentMismatch',
  ambiguousContent: 'contentAmbiguous',
  signerMissing: 'signerMissing',
  certificateMissing: 'certificateMissing',
  certificateMismatch: 'certificateSubstituted',
  digestMismatch: 'digestMismatch',
  signatureInvalid: 'signatureInvalid',
};

/** Judges every signer of a SignedData; at least one comes back. Rejects only with what a source rejects with. */
export async function judgeCms(request: CmsRequest, store: TrustStore): Promise<JudgedSigner[]> {
  const { message, content, statedTime, createHash } = request;
  const result = await verifySignedDataStream(message, {
    createHash,
    ...(content === undefined ? {} : { content }),
  });
  if (!result.ok) {
    const isForeign = result.reason === 'malformed' && !(await namesGmAlgorithm(message));
    const code = isForeign ? 'algorithmUnsupported' : codeOfRefusal[result.reason];
    const claimed = await claimedSigner(message);
    return [
      { findings: [finding(code)], ...(claimed === undefined ? {} : { signer: signerReport(claimed) }) },
    ];
  }
  const judged: JudgedSigner[] = [];
  for (const { certificate, signingTime } of result.signers) {
    const signedAt = signingTime ?? statedTime;
    const further = result.certificates.filter((other) => !equalBytes(other.raw, certificate.raw));
    judged.push({
      findings: [
        ...judgeTime(signedAt, store.now),
        ...judgeValidity(certificate, signedAt, store.now),
        ...(await judgeTrust({ role: 'signer', certificate, further, usedAt: signedAt }, store)),
      ],
      signer: signerReport(certificate),
      ...(signedAt === undefined ? {} : { signedAt: signedAt.toISOString() }),
    });
  }
  return judged;
}

/** The certificate of a message's only signer, however little its signature is worth. */
async function claimedSigner(message: ByteSource): Promise<Certificate | undefined> {
  try {
    const { skeleton } = await locateContent(message);
    const { certificates, signerInfos } = readSignedData(parseDer(skeleton));
    const [info, second] = signerInfos;
    if (info === undefined || second !== undefined) return undefined;
    return certificates.find(
      ({ issuer, serialNumber }) =>
        equalBytes(issuer.raw, info.issuer) && BigInt(`0x${serialNumber}`) === info.serialNumber,
    );
  } catch (error) {
    if (isCertificateRefusal(error)) return undefined;
    throw error;
  }
}

/** 1.2.156.10197, under which all GM algorithms lie. */
const gmArc = '2a811ccf55';
const searched = 2 ** 16;

/**
 * True when a GM algorithm is named at either end of the message. One of RSA may be built in ways that are not read
 * here; that does not make it wrong.
 */
async function namesGmAlgorithm(message: ByteSource): Promise<boolean> {
  const head = await message.read(0, searched);
  const tail = await message.read(Math.max(0, message.size - searched), searched);
  return [head, tail].some((bytes) => toHex(bytes).includes(gmArc));
}
