import { oid } from '../gm/object-identifiers.ts';
import { encodeObjectIdentifier } from '../gm/der-encode.ts';
import { memorySource, type ByteSource } from '../lib/byte-source.ts';
import { equalBytes, fromBase64 } from '../lib/bytes.ts';
import type { DocumentKind } from '../protocol/verification.ts';

/** A file whose kind its first bytes tell, and the bytes to be read: those inside, where it is text. */
export interface RecognisedFile {
  readonly kind: DocumentKind;
  readonly source: ByteSource;
}

const headLength = 1024;
/** Bytes of the largest message that is read as text. */
const maxTextLength = 2 ** 26;

const signedDataTypes = [oid.gmSignedData, oid.pkcs7SignedData].map(encodeObjectIdentifier);

/**
 * Tells a PDF, an OFD and a signed message apart: a file of two kinds at once is taken for what it begins as. A
 * message may be DER, PEM, or base64.
 */
export async function recogniseFile(source: ByteSource): Promise<RecognisedFile> {
  const head = await source.read(0, headLength);
  if (isSignedDataMessage(head)) return { kind: 'message', source };
  const text = String.fromCharCode(...head);
  if (text.startsWith('PK\u0003\u0004') || text.startsWith('PK\u0005\u0006')) return { kind: 'ofd', source };
  const inside = await decodeText(source, text);
  if (inside !== undefined && isSignedDataMessage(inside)) {
    return { kind: 'message', source: memorySource(inside) };
  }
  return { kind: /%PDF-\d\.\d/.test(text) ? 'pdf' : 'unknown', source };
}

/** True for bytes that begin as a ContentInfo of SignedData does. */
export function isSignedDataMessage(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes;
  if (tag !== 0x30) return false;
  const start = length <= 0x80 ? 2 : 2 + (length & 0x7f);
  return signedDataTypes.some((type) => equalBytes(bytes.subarray(start, start + type.length), type));
}

async function decodeText(source: ByteSource, head: string): Promise<Uint8Array | undefined> {
  const isText = /^\s*(?:-----BEGIN [A-Z0-9 ]+-----|[A-Za-z0-9+/\s]{16})/.test(head);
  if (!isText || source.size > maxTextLength) return undefined;
  const whole = new TextDecoder('latin1').decode(await source.read(0, source.size));
  const [, armoured] = /-----BEGIN [A-Z0-9 ]+-----([^-]*)-----END /.exec(whole) ?? [];
  try {
    return fromBase64((armoured ?? whole).replaceAll(/\s/g, ''));
  } catch {
    return undefined;
  }
}
