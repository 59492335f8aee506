import { findRecipient, type RecipientMatch } from '../../bid/bid-recipients.ts';
import type { Certificate } from '../../gm/certificate.ts';
import { recipientFor } from '../../gm/enveloped-data-message.ts';
import type { BidWarning } from '../../protocol/bids.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { EncryptionParams, EncryptionResult } from '../../protocol/encryption-methods.ts';
import { lookAtCertificate, type SeenCertificate } from '../certificates/look-at-certificate.ts';
import type { MethodContext } from '../runtime/method-handlers.ts';
import { recipientOf } from './judge-recipients.ts';
import type { OpeningBook } from './opening-book.ts';
import { encodeOpeningRequest } from './opening-request.ts';
import { readEncryptedFile } from './read-encrypted-file.ts';

type Bid = EncryptionResult<'opening.prepare'>['bids'][number];

/** A file that the certificate's key opens. */
interface Fit {
  readonly match: Extract<RecipientMatch, 'same' | 'sameKey'>;
  /** What the phone needs of it, DER. */
  readonly envelope: Uint8Array;
}

/**
 * Which files the phone's certificate opens; with `opening`, what the phone is asked for each.
 * @throws CodedError `OPENING_UNKNOWN`, `RECIPIENT_UNREADABLE`, `RECIPIENT_NOT_FOR_ENCRYPTION`, `POLICY_INVALID`
 */
export async function prepareOpening(
  book: OpeningBook,
  { files, own, trust, openingTime, opening }: EncryptionParams<'opening.prepare'>,
  context: MethodContext,
): Promise<EncryptionResult<'opening.prepare'>> {
  if (opening !== undefined) book.expect(opening);
  const now = new Date();
  const seen = await lookAtCertificate(own, { trust, now, signal: context.signal });
  const always = warningsOf(seen, now, openingTime);
  const prepare = async (file: string): Promise<Bid> => {
    const { match, envelope } = await fitOf(file, seen.certificate, opening !== undefined, context);
    const warnings: BidWarning[] = match === 'sameKey' ? ['CERTIFICATE_RENEWED', ...always] : always;
    if (opening === undefined) return { ok: true, warnings };
    const document = context.files.describe(file).sm3;
    return { ok: true, warnings, request: encodeOpeningRequest({ document, envelope }) };
  };

  const bids: Bid[] = [];
  for (const file of files) {
    if (context.signal.aborted) throw new CodedError('REQUEST_ABORTED');
    bids.push(await prepare(file).catch(refusal));
  }
  return { certificate: recipientOf(seen.certificate), bids };
}

/** What is wrong with one file is no reason to refuse the others. */
function refusal(error: unknown): Bid {
  if (error instanceof CodedError) return { ok: false, code: error.code };
  throw error;
}

async function fitOf(
  file: string,
  own: Certificate,
  asksPhone: boolean,
  { files }: MethodContext,
): Promise<Fit> {
  const read = await readEncryptedFile(files.source(file));
  if (read.format === 'enveloped') {
    const { envelope } = read.located;
    const isNamed = recipientFor(envelope, own) !== undefined;
    // The format names no key: a certificate renewed with the same one opens it, which only the phone can tell.
    if (!isNamed && !asksPhone) throw new CodedError('BID_NOT_FOR_PHONE');
    return { match: 'same', envelope: envelope.raw };
  }
  const found = findRecipient(read.header.recipients, own);
  switch (found.match) {
    case 'same':
    case 'sameKey':
      return { match: found.match, envelope: found.recipient.envelope.raw };
    case 'replaced':
      throw new CodedError('BID_CERTIFICATE_REPLACED');
    case 'other':
      throw new CodedError('BID_NOT_FOR_PHONE');
  }
}

/** What a certificate does not keep from opening, and its holder should know. */
function warningsOf(
  { certificate, revoked }: SeenCertificate,
  now: Date,
  openingTime: number | undefined,
): BidWarning[] {
  const end = certificate.notAfter.getTime();
  const warnings: BidWarning[] = [];
  if (now.getTime() > end) warnings.push('CERTIFICATE_EXPIRED');
  else if (openingTime !== undefined && openingTime > end) warnings.push('CERTIFICATE_ENDS_BEFORE_OPENING');
  if (revoked) warnings.push('CERTIFICATE_REVOKED');
  return warnings;
}
