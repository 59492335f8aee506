/** Digital envelopes (数字信封): EnvelopedData of GM/T 0010-2012 §9 (GB/T 35275) with SM2 and SM4-CBC. */
import { concatBytes } from '../lib/bytes.ts';
import { parseCertificate } from './certificate.ts';
import { DerError } from './der.ts';
import { EnvelopeError } from './enveloped-data-error.ts';
import type { EnvelopeFlavour } from './enveloped-data-flavour.ts';
import { envelopeFrame } from './enveloped-data-frame.ts';
import { recipientFor, type Envelope, type EnvelopeRecipient } from './enveloped-data-message.ts';
import { Sm2Error } from './sm2-curve.ts';
import { decryptSm2 } from './sm2-encryption.ts';
import { Sm4Error, sm4CbcDecrypt, sm4CbcEncrypt } from './sm4.ts';

export { EnvelopeError, type EnvelopeErrorReason } from './enveloped-data-error.ts';
export type { EnvelopeFlavour } from './enveloped-data-flavour.ts';
export {
  parseEnvelope,
  recipientFor,
  type Envelope,
  type EnvelopeRecipient,
} from './enveloped-data-message.ts';

export interface EnvelopeRequest {
  readonly content: Uint8Array;
  /** Certificates whose keys open it, DER; 1 … 64, whether they may is not judged here. */
  readonly recipients: readonly Uint8Array[];
  /** `gm` unless told. */
  readonly flavour?: EnvelopeFlavour;
}

/**
 * Encrypts a content that is held, under a fresh key, to everyone's certificate. For files see `envelopeFrame`.
 * @returns ContentInfo, DER. Nothing in it shows an alteration of the content: who needs that seals a MAC key in it.
 * @throws EnvelopeError `noRecipient`, `tooManyRecipients`, `duplicateRecipient`
 * @throws DerError, CertificateError when a certificate cannot be read
 */
export function sealEnvelope({ content, ...request }: EnvelopeRequest): Uint8Array {
  const { before, key, iv } = envelopeFrame({ ...request, size: content.length });
  const encrypted = sm4CbcEncrypt(key, iv, content);
  key.fill(0);
  return concatBytes(before, encrypted);
}

export interface EnvelopeOpener {
  /**
   * The recipient's, DER: its issuer and serial number say which key is its own. Without it each key is tried, as is
   * right for a certificate that was renewed with the same key.
   */
  readonly certificate?: Uint8Array;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

/**
 * Opens an envelope.
 * @returns the content; a secret where it is a key: the caller overwrites it
 * @throws EnvelopeError `notARecipient`, `keyNotOpened`, `contentMissing`, `contentNotOpened`
 * @throws DerError, CertificateError when the certificate cannot be read; Sm2Error `privateKeyOutOfRange`
 */
export function openEnvelope(envelope: Envelope, opener: EnvelopeOpener): Uint8Array {
  const { encryptedContent, iv } = envelope;
  if (encryptedContent === undefined) throw new EnvelopeError('contentMissing');
  const key = openEnvelopeKey(envelope, opener);
  try {
    return sm4CbcDecrypt(key, iv, encryptedContent);
  } catch (error) {
    throw error instanceof Sm4Error ? new EnvelopeError('contentNotOpened') : error;
  } finally {
    key.fill(0);
  }
}

/**
 * Opens only the content-encryption key, for a content that is decrypted elsewhere (`readEnvelopeFrame`).
 * @returns 16 bytes, secret: the caller overwrites them
 * @throws EnvelopeError `notARecipient`, `keyNotOpened`; else as `openEnvelope`
 */
export function openEnvelopeKey(envelope: Envelope, { certificate, privateKey }: EnvelopeOpener): Uint8Array {
  for (const recipient of candidates(envelope, certificate)) {
    const key = decryptKey(recipient, privateKey);
    if (key?.length === 16) return key;
    key?.fill(0);
  }
  throw new EnvelopeError('keyNotOpened');
}

function candidates(envelope: Envelope, certificate: Uint8Array | undefined): readonly EnvelopeRecipient[] {
  if (certificate === undefined) return envelope.recipients;
  const recipient = recipientFor(envelope, parseCertificate(certificate));
  if (recipient === undefined) throw new EnvelopeError('notARecipient');
  return [recipient];
}

function decryptKey({ encryptedKey }: EnvelopeRecipient, privateKey: Uint8Array): Uint8Array | undefined {
  try {
    return decryptSm2(privateKey, encryptedKey);
  } catch (error) {
    const isTheirs = error instanceof Sm2Error && error.reason !== 'privateKeyOutOfRange';
    if (isTheirs || error instanceof DerError) return undefined;
    throw error;
  }
}
