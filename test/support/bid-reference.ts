/**
 * Encrypted bids made and opened by `src/clients/encryption/FORMAT.md` alone, whole in memory: a second implementation,
 * which shares no code with the first one and which the first one is tested against.
 */
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { openEnvelopeWith } from './reference-envelope.ts';

export { openEnvelopeWith, sealEnvelopeFor } from './reference-envelope.ts';

/** An entry of a header: both DER. */
export interface ReferenceRecipient {
  readonly certificate: Uint8Array;
  readonly envelope: Uint8Array;
}

export interface ReferenceBid {
  readonly plain: Uint8Array;
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly encryptedAt: number;
  readonly chunkSize: number;
  /** 8 bytes. */
  readonly nonce: Uint8Array;
  /** K, 48 bytes. */
  readonly contentKey: Uint8Array;
  readonly recipients: readonly ReferenceRecipient[];
}

const magic = Buffer.from('CABID\r\n\x1a', 'latin1');
const flags = { more: 0, last: 1, trailer: 2 } as const;
type Flag = keyof typeof flags;

const be32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const be64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const sm3 = (bytes: Uint8Array): Buffer => createHash('sm3').update(bytes).digest();

/** SM4-CTR, either way. */
function cipher(contentKey: Uint8Array, nonce: Uint8Array, firstBlock: number, bytes: Uint8Array): Buffer {
  const counter = Buffer.concat([nonce, be64(firstBlock)]);
  return createCipheriv('sm4-ctr', contentKey.subarray(0, 16), counter).update(bytes);
}

function mac(
  contentKey: Uint8Array,
  headerDigest: Buffer,
  index: number,
  flag: Flag,
  ciphertext: Uint8Array,
) {
  return createHmac('sm3', contentKey.subarray(16))
    .update(headerDigest)
    .update(be64(index))
    .update(Uint8Array.of(flags[flag]))
    .update(Buffer.alloc(23))
    .update(ciphertext)
    .digest();
}

/** Bytes 0 … L-1. */
export function referenceHeader(bid: Omit<ReferenceBid, 'plain'>, plainSize: number): Buffer {
  const recipients = bid.recipients.flatMap(({ certificate, envelope }) => [
    be32(certificate.length),
    certificate,
    be32(envelope.length),
    envelope,
  ]);
  const rest = Buffer.concat([
    be32(bid.chunkSize),
    be64(plainSize),
    bid.nonce,
    be32(bid.recipients.length),
    ...recipients,
  ]);
  return Buffer.concat([magic, be32(1), be32(16 + rest.length), rest]);
}

/** A whole encrypted bid. */
export function sealBid(bid: ReferenceBid): Buffer {
  const { plain, name, encryptedAt, chunkSize, nonce, contentKey } = bid;
  const header = referenceHeader(bid, plain.length);
  const headerDigest = sm3(header);
  const count = Math.max(1, Math.ceil(plain.length / chunkSize));
  const seal = (index: number, flag: Flag, bytes: Uint8Array) => {
    const ciphertext = cipher(contentKey, nonce, (index * chunkSize) / 16, bytes);
    return Buffer.concat([ciphertext, mac(contentKey, headerDigest, index, flag, ciphertext)]);
  };
  const chunks = Array.from({ length: count }, (_, index) =>
    seal(
      index,
      index === count - 1 ? 'last' : 'more',
      plain.subarray(index * chunkSize, (index + 1) * chunkSize),
    ),
  );
  const nameBytes = Buffer.from(name, 'utf8');
  const nameLength = be32(nameBytes.length).subarray(2);
  const facts = [sm3(plain), be64(plain.length), be64(encryptedAt), nameLength, nameBytes];
  const trailer = Buffer.alloc(1_024);
  Buffer.concat(facts).copy(trailer);
  return Buffer.concat([header, headerDigest, ...chunks, seal(count, 'trailer', trailer)]);
}

export interface OpenedReferenceBid {
  readonly plain: Buffer;
  readonly name: string;
  readonly encryptedAt: number;
}

/** Header and parts of a file, cut along its length fields. @throws Error when they contradict each other */
export function cutBid(file: Uint8Array) {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(magic) || bytes.readUInt32BE(8) !== 1)
    throw new Error('no bid of version 1');
  const header = bytes.subarray(0, bytes.readUInt32BE(12));
  const headerDigest = sm3(header);
  const bodyOffset = header.length + 32;
  if (!bytes.subarray(header.length, bodyOffset).equals(headerDigest)) throw new Error('header is damaged');
  const chunkSize = bytes.readUInt32BE(16);
  const plainSize = Number(bytes.readBigUInt64BE(20));
  const count = Math.max(1, Math.ceil(plainSize / chunkSize));
  if (bytes.length !== bodyOffset + plainSize + 32 * count + 1_056) throw new Error('length is wrong');
  const part = (index: number, flag: Flag, offset: number, length: number) => ({
    index,
    flag,
    ciphertext: bytes.subarray(offset, offset + length),
    mac: bytes.subarray(offset + length, offset + length + 32),
  });
  const chunks = Array.from({ length: count }, (_, index) =>
    part(
      index,
      index === count - 1 ? 'last' : 'more',
      bodyOffset + index * (chunkSize + 32),
      Math.min(chunkSize, plainSize - index * chunkSize),
    ),
  );
  const trailer = part(count, 'trailer', bytes.length - 1_056, 1_024);
  return { header, headerDigest, chunkSize, nonce: bytes.subarray(28, 36), chunks, trailer };
}

/** The header's entries. */
export function recipientsOf(file: Uint8Array): ReferenceRecipient[] {
  const bytes = Buffer.from(file);
  let offset = 40;
  const take = () => {
    const start = offset + 4;
    offset = start + bytes.readUInt32BE(start - 4);
    return bytes.subarray(start, offset);
  };
  return Array.from({ length: bytes.readUInt32BE(36) }, () => ({ certificate: take(), envelope: take() }));
}

/** A recipient: certificate (DER) and its private key (32 bytes). */
export interface ReferenceHolder {
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** Opens a whole bid, by its content key or as one of its recipients. @throws Error for whatever is wrong with it */
export function openBid(file: Uint8Array, opener: Uint8Array | ReferenceHolder): OpenedReferenceBid {
  const { headerDigest, chunkSize, nonce, chunks, trailer } = cutBid(file);
  const contentKey = opener instanceof Uint8Array ? opener : contentKeyOf(file, opener);
  const open = ({ index, flag, ciphertext, mac: found }: typeof trailer) => {
    if (!mac(contentKey, headerDigest, index, flag, ciphertext).equals(found)) {
      throw new Error(`mac of part ${index}`);
    }
    return cipher(contentKey, nonce, (index * chunkSize) / 16, ciphertext);
  };
  const facts = open(trailer);
  const plain = Buffer.concat(chunks.map(open));
  const nameEnd = 50 + facts.readUInt16BE(48);
  if (!sm3(plain).equals(facts.subarray(0, 32))) throw new Error('digest of the plaintext');
  if (Number(facts.readBigUInt64BE(32)) !== plain.length) throw new Error('size of the plaintext');
  if (facts.subarray(nameEnd).some((byte) => byte !== 0)) throw new Error('padding of the trailer');
  return {
    plain,
    name: facts.subarray(50, nameEnd).toString('utf8'),
    encryptedAt: Number(facts.readBigUInt64BE(40)),
  };
}

export function contentKeyOf(file: Uint8Array, { certificate, privateKey }: ReferenceHolder): Buffer {
  const own = recipientsOf(file).find((recipient) => Buffer.from(certificate).equals(recipient.certificate));
  if (own === undefined) throw new Error('not a recipient');
  return openEnvelopeWith(privateKey, own.envelope);
}
