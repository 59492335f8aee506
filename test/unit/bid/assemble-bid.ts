import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { bidGeometry, counterBlock, type BidPart } from '../../../src/bid/bid-geometry.ts';
import { encodeBidHeader, parseBidHeader, type BidHeader } from '../../../src/bid/bid-header.ts';
import { encodeBidTrailer, parseBidTrailer, type BidTrailer } from '../../../src/bid/bid-trailer.ts';
import { chunkMacPrefix } from '../../../src/bid/chunk-mac.ts';
import { splitContentKey } from '../../../src/bid/content-key.ts';
import { readBidHeader } from '../../../src/bid/read-bid-header.ts';
import { sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { issueRoot, issueSubscriber } from '../gm/test-pki.ts';

const root = issueRoot();
export const holder = issueSubscriber(root, 'encryption');
export const otherHolder = issueSubscriber(root, 'encryption', { commonName: '李四' });

export interface BidInputs {
  readonly plain: Uint8Array;
  readonly name: string;
  readonly encryptedAt: number;
  readonly chunkSize: number;
  readonly nonce: Uint8Array;
  readonly contentKey: Uint8Array;
  readonly recipients: readonly { readonly certificate: Uint8Array; readonly envelope: Uint8Array }[];
}

/** All that a bid is made of, random where it is to be random. */
export function inputs(options: Partial<BidInputs> & { readonly holders?: readonly (typeof holder)[] } = {}) {
  const { holders = [holder], ...given } = options;
  const contentKey = given.contentKey ?? new Uint8Array(randomBytes(48));
  const recipients = holders.map(({ certificate }) => ({
    certificate,
    envelope: sealEnvelope({ content: contentKey, recipients: [certificate] }),
  }));
  return {
    plain: new Uint8Array(),
    name: '投标文件.pdf',
    encryptedAt: 1_782_864_000_000,
    chunkSize: 65_536,
    nonce: new Uint8Array(randomBytes(8)),
    contentKey,
    recipients,
    ...given,
  } satisfies BidInputs;
}

/** A bid made with what `src/bid` gives, as the client makes one. */
export function assembleBid(bid: BidInputs): Uint8Array {
  const bytes = encodeBidHeader({ ...bid, plainSize: bid.plain.length });
  const header = parseBidHeader(bytes);
  const geometry = bidGeometry(header);
  const digest = createHash('sm3').update(bid.plain).digest();
  const trailer = encodeBidTrailer({ ...bid, digest, plainSize: bid.plain.length });
  const chunks = Array.from({ length: geometry.chunkCount }, (_, index) => {
    const part = geometry.chunk(index);
    const start = index * bid.chunkSize;
    return seal(bid.contentKey, header, part, bid.plain.subarray(start, start + part.length));
  });
  return concatBytes(
    bytes,
    header.digest,
    ...chunks,
    seal(bid.contentKey, header, geometry.trailer, trailer),
  );
}

function seal(contentKey: Uint8Array, header: BidHeader, part: BidPart, plain: Uint8Array): Uint8Array {
  const ciphertext = encrypt(contentKey, header, part, plain);
  return concatBytes(ciphertext, macOf(contentKey, header, part, ciphertext));
}

function encrypt(contentKey: Uint8Array, { nonce }: BidHeader, part: BidPart, bytes: Uint8Array): Uint8Array {
  const { encryptionKey } = splitContentKey(contentKey);
  return createCipheriv('sm4-ctr', encryptionKey, counterBlock(nonce, part.firstBlock)).update(bytes);
}

function macOf(contentKey: Uint8Array, { digest }: BidHeader, part: BidPart, ciphertext: Uint8Array) {
  const { macKey } = splitContentKey(contentKey);
  return createHmac('sm3', macKey).update(chunkMacPrefix(digest, part)).update(ciphertext).digest();
}

/** What a file holds, read with what `src/bid` gives, every byte checked. @throws Error, BidError */
export async function disassembleBid(
  file: Uint8Array,
  contentKey: Uint8Array,
): Promise<BidTrailer & { readonly plain: Uint8Array }> {
  const header = await readBidHeader(memorySource(file));
  const geometry = bidGeometry(header);
  const open = (part: BidPart) => {
    const ciphertext = file.subarray(part.offset, part.macOffset);
    const found = Buffer.from(file.subarray(part.macOffset, part.macOffset + 32));
    if (!found.equals(macOf(contentKey, header, part, ciphertext)))
      throw new Error(`mac of part ${part.index}`);
    return encrypt(contentKey, header, part, ciphertext);
  };
  const trailer = parseBidTrailer(open(geometry.trailer), header.plainSize);
  const chunks = Array.from({ length: geometry.chunkCount }, (_, index) => open(geometry.chunk(index)));
  const plain = concatBytes(...chunks);
  if (!createHash('sm3').update(plain).digest().equals(trailer.digest)) throw new Error('digest');
  return { ...trailer, plain };
}
