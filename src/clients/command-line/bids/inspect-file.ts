import { createHash } from 'node:crypto';
import { BidError, type BidLengths } from '../../../bid/bid-error.ts';
import type { BidHeader } from '../../../bid/bid-header.ts';
import { findRecipient, type RecipientMatch } from '../../../bid/bid-recipients.ts';
import { readBidHeader } from '../../../bid/read-bid-header.ts';
import type { Certificate } from '../../../gm/certificate.ts';
import { DerError, parseDer } from '../../../gm/der.ts';
import { readDistinguishedName } from '../../../gm/distinguished-name.ts';
import { recipientFor } from '../../../gm/enveloped-data.ts';
import type { ByteSource } from '../../../lib/byte-source.ts';
import { displayableName } from '../../../lib/displayable-name.ts';
import type { BidFormat, Recipient } from '../../../protocol/bids.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { recipientOf } from '../../encryption/judge-recipients.ts';
import { readEncryptedFile, type EncryptedFile } from '../../encryption/read-encrypted-file.ts';

/** All that an EnvelopedData says of a recipient. */
export interface NamedRecipient {
  readonly issuer: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
}

/** What can be told of a file without any key. */
export interface Inspection {
  /** Bytes. */
  readonly size: number;
  /** What is wrong: `BID_…`. */
  readonly code?: ErrorCode;
  /** Absent where the file is of neither format, or its beginning does not tell. */
  readonly format?: BidFormat;
  /** Of a bid's format. */
  readonly version?: number;
  /** Absent where it is not whole. */
  readonly headerUndamaged?: boolean;
  /** Absent where no header tells. */
  readonly lengthRight?: boolean;
  /** Bytes, as the header says; with a wrong length. */
  readonly expectedSize?: number;
  /** Bytes of the plaintext; an EnvelopedData does not tell them exactly. */
  readonly plainSize?: number;
  readonly recipients: readonly (Recipient | NamedRecipient)[];
  /** How the given certificate stands to the recipients. An EnvelopedData shows no renewal: `same` or `other`. */
  readonly match?: RecipientMatch;
}

/** @throws what `source` rejects with */
export async function inspectFile(source: ByteSource, own: Certificate | undefined): Promise<Inspection> {
  const { size } = source;
  try {
    return { size, ...soundFacts(await readEncryptedFile(source), own) };
  } catch (error) {
    if (!(error instanceof CodedError) || !error.code.startsWith('BID_')) throw error;
    return { size, recipients: [], ...(await unsoundFacts(source, own)), code: error.code };
  }
}

type Facts = Omit<Inspection, 'size'>;

function soundFacts(file: EncryptedFile, own: Certificate | undefined): Facts {
  const right = { headerUndamaged: true, lengthRight: true };
  if (file.format === 'bid') return { ...right, ...headerFacts(file.header, own) };
  const { envelope } = file.located;
  return {
    format: file.format,
    ...right,
    recipients: envelope.recipients.map(({ issuer, serialNumber }) => ({
      issuer: issuerText(issuer),
      serialNumber,
    })),
    ...(own !== undefined && { match: recipientFor(envelope, own) === undefined ? 'other' : 'same' }),
  };
}

function issuerText(issuer: Uint8Array): string {
  try {
    return displayableName(readDistinguishedName(parseDer(issuer)).text);
  } catch (error) {
    if (error instanceof DerError) return '?';
    throw error;
  }
}

function headerFacts({ plainSize, recipients }: BidHeader, own: Certificate | undefined): Facts {
  return {
    format: 'bid',
    version: 1,
    plainSize,
    recipients: recipients.map(({ certificate }) => recipientOf(certificate)),
    ...(own !== undefined && { match: findRecipient(recipients, own).match }),
  };
}

/** What a bid still says of itself; nothing of another file. */
async function unsoundFacts(source: ByteSource, own: Certificate | undefined): Promise<Partial<Facts>> {
  try {
    await readBidHeader(source, createSm3);
    return {};
  } catch (error) {
    if (!(error instanceof BidError)) throw error;
    switch (error.reason) {
      case 'unknownVersion':
        return { format: 'bid', version: await versionOf(source) };
      case 'headerDamaged':
        return { format: 'bid', version: 1, headerUndamaged: false };
      case 'wrongLength':
        return { format: 'bid', ...(await lengthFacts(source, own, error.lengths)) };
      default:
        return {};
    }
  }
}

async function versionOf(source: ByteSource): Promise<number> {
  const bytes = await source.read(8, 4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
}

/** Of a file that was cut behind its header, or to which something was appended, the header can be read. */
async function lengthFacts(
  source: ByteSource,
  own: Certificate | undefined,
  lengths: BidLengths | undefined,
): Promise<Facts> {
  const wrong = { lengthRight: false, recipients: [] };
  if (lengths?.expected === undefined) return wrong;
  const { expected } = lengths;
  const facts = { ...wrong, expectedSize: expected };
  try {
    const header = await readBidHeader({ ...source, size: expected }, createSm3);
    return { ...facts, headerUndamaged: true, ...headerFacts(header, own) };
  } catch (error) {
    // Cut inside its header.
    if (error instanceof BidError) return facts;
    throw error;
  }
}

const createSm3 = () => createHash('sm3');
