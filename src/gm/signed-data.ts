import { equalBytes } from '../lib/bytes.ts';
import type { Certificate } from './certificate.ts';
import { parseDer } from './der.ts';
import { isSignedAttributes } from './signed-attributes.ts';
import { readSignedData, type SignedDataMessage } from './signed-data-message.ts';
import {
  findSigners,
  Refusal,
  refusalOr,
  verifySigner,
  type ContentFacts,
  type SignedDataRefusal,
  type Signer,
} from './signed-data-signers.ts';
import { sm3 } from './sm3.ts';

export type { SignedDataRefusal, Signer } from './signed-data-signers.ts';

export type SignedDataResult =
  | {
      readonly ok: true;
      /** What was signed; a view into the message where it was attached, absent where only its digest was given. */
      readonly content?: Uint8Array;
      /** At least one; every one's signature holds. */
      readonly signers: readonly Signer[];
      /** All SM2 certificates inside, in their order. */
      readonly certificates: readonly Certificate[];
    }
  | { readonly ok: false; readonly reason: SignedDataRefusal };

export interface SignedDataOptions {
  /** What a detached signature is over; an attached one must then hold the same. */
  readonly content?: Uint8Array;
  /**
   * SM3 of it, 32 bytes, where the content is not at hand; enough for signers with signed attributes alone
   * (`contentMissing` for others: see `verifySignedDataStream`). Not read beside `content`.
   */
  readonly contentDigest?: Uint8Array;
  /** Certificates of signers that the message may leave out. */
  readonly certificates?: readonly Certificate[];
}

/**
 * Verifies every signature of a SignedData in memory (GM/T 0010, GB/T 35275, §8; or RFC 5652 §5) over the bytes as
 * they came. Says nothing of whether the signers are trusted.
 */
export function verifySignedData(der: Uint8Array, options: SignedDataOptions = {}): SignedDataResult {
  return refusalOr((): SignedDataResult => {
    const message = readSignedData(parseDer(der));
    const content = contentOf(message, options);
    const facts = factsOf(content, options.contentDigest);
    const signers = findSigners(message, options.certificates);
    return {
      ok: true,
      ...(content === undefined ? {} : { content }),
      signers: signers.map((signer) => verifySigner(signer, facts, message.dataType)),
      certificates: message.certificates,
    };
  });
}

function contentOf(message: SignedDataMessage, given: SignedDataOptions): Uint8Array | undefined {
  const content = message.content ?? given.content;
  if (content === undefined) {
    if (given.contentDigest === undefined) throw new Refusal('contentMissing');
    return undefined;
  }
  const isOther =
    given.content === undefined
      ? given.contentDigest !== undefined && !equalBytes(given.contentDigest, sm3(content))
      : !equalBytes(given.content, content);
  if (isOther) throw new Refusal('contentMismatch');
  return content;
}

function factsOf(content: Uint8Array | undefined, contentDigest: Uint8Array | undefined): ContentFacts {
  if (content === undefined) {
    return {
      digest: (prefix) => (prefix.length === 0 ? contentDigest : undefined),
      isAmbiguous: false,
    };
  }
  return {
    digest: (prefix) => sm3.create().update(prefix).update(content).digest(),
    isAmbiguous: isSignedAttributes(content),
  };
}
