import { findRecipient } from '../../../bid/bid-recipients.ts';
import type { Certificate } from '../../../gm/certificate.ts';
import { EnvelopeError, openEnvelope, openEnvelopeKey, recipientFor } from '../../../gm/enveloped-data.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { withBidCodes } from '../../encryption/bid-refusals.ts';
import type { EncryptedFile } from '../../encryption/read-encrypted-file.ts';

export interface KeyHolder {
  readonly certificate: Certificate;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

export interface UnlockedBid {
  /** `sameKey`: the certificate was renewed since. */
  readonly match: 'same' | 'sameKey';
  /** Secret: the content key of a bid, the content-encryption key of an EnvelopedData. The caller overwrites it. */
  readonly key: Uint8Array;
}

/**
 * Opens the envelope that is for the holder.
 * @throws CodedError `BID_NOT_FOR_PHONE`, `BID_CERTIFICATE_REPLACED`, `BID_KEY_NOT_OPENED`, `BID_DAMAGED`
 */
export function unlockBid(file: EncryptedFile, holder: KeyHolder): Promise<UnlockedBid> {
  return withBidCodes(async () => {
    const { certificate, privateKey } = holder;
    if (file.format === 'enveloped') return unlockEnveloped(file.located.envelope, holder);
    const found = findRecipient(file.header.recipients, certificate);
    switch (found.match) {
      case 'same':
      case 'sameKey':
        return { match: found.match, key: openEnvelope(found.recipient.envelope, { privateKey }) };
      case 'replaced':
        throw new CodedError('BID_CERTIFICATE_REPLACED');
      case 'other':
        throw new CodedError('BID_NOT_FOR_PHONE');
    }
  });
}

/** Its recipients are known by issuer and number alone: a renewed certificate is found by its key. */
function unlockEnveloped(
  envelope: Parameters<typeof openEnvelopeKey>[0],
  { certificate, privateKey }: KeyHolder,
): UnlockedBid {
  if (recipientFor(envelope, certificate) !== undefined) {
    return { match: 'same', key: openEnvelopeKey(envelope, { certificate: certificate.raw, privateKey }) };
  }
  try {
    return { match: 'sameKey', key: openEnvelopeKey(envelope, { privateKey }) };
  } catch (error) {
    const isClosed = error instanceof EnvelopeError && error.reason === 'keyNotOpened';
    throw isClosed ? new CodedError('BID_NOT_FOR_PHONE') : error;
  }
}
