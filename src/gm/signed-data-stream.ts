import { sliceSource, type ByteSource } from '../lib/byte-source.ts';
import { equalBytes, toHex } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import { parseDer, tags } from './der.ts';
import { isSignedAttributes, maxAttributesLength } from './signed-attributes.ts';
import { locateContent, type ContentPlace } from './signed-data-locator.ts';
import { readSignedData } from './signed-data-message.ts';
import {
  findSigners,
  Refusal,
  refusalFrom,
  verifySigner,
  type ContentFacts,
  type SignedDataRefusal,
  type Signer,
} from './signed-data-signers.ts';
import { sm3, type CreateSm3 } from './sm3.ts';

export type SignedDataStreamResult =
  | {
      readonly ok: true;
      /** Where the content lies in the message; absent where the signature is detached. */
      readonly attached?: ContentPlace;
      /** At least one; every one's signature holds. */
      readonly signers: readonly Signer[];
      /** All SM2 certificates inside, in their order. */
      readonly certificates: readonly Certificate[];
    }
  | { readonly ok: false; readonly reason: SignedDataRefusal };

export interface SignedDataStreamOptions {
  /** What a detached signature is over; an attached one must then hold the same. */
  readonly content?: ByteSource;
  /** A faster SM3 than the one here. */
  readonly createHash?: CreateSm3;
  /** Certificates of signers that the message may leave out. */
  readonly certificates?: readonly Certificate[];
}

const chunkLength = 2 ** 20;

/**
 * `verifySignedData` for messages and contents of any size: they are read once, in chunks of 1 MiB, and never held.
 * Stop it, or watch its progress, through the sources.
 * Rejects only with what a source rejects with.
 */
export async function verifySignedDataStream(
  message: ByteSource,
  options: SignedDataStreamOptions = {},
): Promise<SignedDataStreamResult> {
  try {
    return await verify(message, options);
  } catch (error) {
    return refusalFrom(error);
  }
}

async function verify(
  source: ByteSource,
  { content: given, createHash = () => sm3.create(), certificates }: SignedDataStreamOptions,
): Promise<SignedDataStreamResult> {
  const { skeleton, attached } = await locateContent(source);
  const message = readSignedData(parseDer(skeleton));
  const content = attached === undefined ? given : sliceSource(source, attached.offset, attached.length);
  if (content === undefined) throw new Refusal('contentMissing');
  const signers = findSigners(message, certificates);
  const prefixes = new Map(signers.map(({ prefix }) => [toHex(prefix), prefix]));
  const facts = await hashContent(content, prefixes, createHash, attached === undefined ? undefined : given);
  return {
    ok: true,
    ...(attached === undefined ? {} : { attached }),
    signers: signers.map((signer) => verifySigner(signer, facts, message.dataType)),
    certificates: message.certificates,
  };
}

/** Reads the content once for all digests that are needed, and beside it `twin`, which must be the same. */
async function hashContent(
  content: ByteSource,
  prefixes: ReadonlyMap<string, Uint8Array>,
  createHash: CreateSm3,
  twin: ByteSource | undefined,
): Promise<ContentFacts> {
  if (twin !== undefined && twin.size !== content.size) throw new Refusal('contentMismatch');
  const hashes = new Map(
    Array.from(prefixes, ([name, prefix]) => {
      const hash = createHash();
      hash.update(prefix);
      return [name, hash] as const;
    }),
  );
  for (let offset = 0; offset < content.size; offset += chunkLength) {
    const length = Math.min(chunkLength, content.size - offset);
    const chunk = await readExactly(content, offset, length);
    if (twin !== undefined && !equalBytes(await readExactly(twin, offset, length), chunk)) {
      throw new Refusal('contentMismatch');
    }
    for (const hash of hashes.values()) hash.update(chunk);
  }
  const digests = new Map(Array.from(hashes, ([name, hash]) => [name, hash.digest()] as const));
  return {
    digest: (prefix) => digests.get(toHex(prefix)),
    isAmbiguous: await isAmbiguous(content),
  };
}

async function isAmbiguous(content: ByteSource): Promise<boolean> {
  if (content.size === 0 || content.size > maxAttributesLength) return false;
  const whole = await readExactly(content, 0, content.size);
  return whole[0] === tags.set && isSignedAttributes(whole);
}

/** @throws RangeError when the source ends before it said */
async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw new RangeError('source ended early');
  return bytes;
}
