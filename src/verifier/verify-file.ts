import { createHash } from 'node:crypto';
import { memorySource, type ByteSource } from '../lib/byte-source.ts';
import type { VerificationReport } from '../protocol/verification.ts';
import { verifyDocument } from '../signatures/verify-document.ts';
import type { TrustAnchors } from './trust-anchors.ts';

export type { VerificationReport } from '../protocol/verification.ts';

export interface FileVerification {
  /** A sealed PDF or OFD, or a signed message (GM/T 0010): its bytes, or where they can be read. */
  readonly file: Uint8Array | ByteSource;
  /** What a detached message is over. */
  readonly content?: Uint8Array | ByteSource;
  /** Authorities that the site accepts; without one the verdict is `cannotTell`. */
  readonly anchors: TrustAnchors;
  /** Revocation lists, DER. */
  readonly crls?: readonly Uint8Array[];
  /** The present unless told. */
  readonly now?: Date;
  readonly signal?: AbortSignal;
}

/**
 * Judges every signature and seal of a file. Whatever it holds, there is a report; `verdict` is the worst of all, and
 * each finding names its reason. Rejects only with what a source rejects with, or when `signal` aborts.
 */
export function verifyFile(request: FileVerification): Promise<VerificationReport> {
  const { file, content, anchors, crls, now = new Date(), signal } = request;
  return verifyDocument(sourceOf(file), {
    ...(content === undefined ? {} : { content: sourceOf(content) }),
    anchors,
    ...(crls === undefined ? {} : { crls }),
    now,
    createHash: () => createHash('sm3'),
    ...(signal === undefined ? {} : { signal }),
  });
}

function sourceOf(bytes: Uint8Array | ByteSource): ByteSource {
  return bytes instanceof Uint8Array ? memorySource(bytes) : bytes;
}
