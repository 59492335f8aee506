import { equalBytes } from '../lib/bytes.ts';
import type { DigestBook } from './digest-book.ts';
import { OfdError } from './ofd-error.ts';
import { resolveLocation } from './ofd-path.ts';
import type { SignatureFile } from './signature-file.ts';
import type { ZipPackage } from './zip-package.ts';

/**
 * - `matches`: the file is as it was signed
 * - `differs`: it is not
 * - `missing`: the file is not in the package any more
 * - `unsafePath`: the reference leads out of the package
 * - `unsupportedMethod`: another digest than SM3
 * - `malformed`: the stated digest is none
 */
export type ReferenceVerdict =
  'matches' | 'differs' | 'missing' | 'unsafePath' | 'unsupportedMethod' | 'malformed';

export interface CheckedReference {
  /** FileRef as it is written. */
  readonly fileRef: string;
  /** The file that is meant, without a leading slash; undefined where it is none of the package. */
  readonly path?: string;
  readonly verdict: ReferenceVerdict;
}

const sm3Names: ReadonlySet<string> = new Set(['1.2.156.10197.1.401', 'SM3']);
const digestLength = 32;

/** Checks every reference of a Signature.xml at `path`; a file that is damaged inside differs. */
export async function checkReferences(
  { checkMethod, references }: SignatureFile,
  path: string,
  zip: ZipPackage,
  digestOf: DigestBook,
): Promise<CheckedReference[]> {
  const checked: CheckedReference[] = [];
  for (const { fileRef, checkValue } of references) {
    const file = locate(fileRef, path, zip);
    if (!('path' in file)) {
      checked.push({ fileRef, verdict: file.verdict });
      continue;
    }
    const judge = async (): Promise<ReferenceVerdict> => {
      if (!sm3Names.has(checkMethod.toUpperCase())) return 'unsupportedMethod';
      if (checkValue?.length !== digestLength) return 'malformed';
      const digest = await digestOf(file.path);
      return digest !== undefined && equalBytes(digest, checkValue) ? 'matches' : 'differs';
    };
    checked.push({ fileRef, path: file.path, verdict: await judge() });
  }
  return checked;
}

/** Writers leave out the slash of paths from the root: such a one is tried where nothing lies beside. */
function locate(
  fileRef: string,
  base: string,
  zip: ZipPackage,
): { path: string } | { verdict: 'missing' | 'unsafePath' } {
  try {
    const candidates = [
      resolveLocation(fileRef, base),
      ...(fileRef.startsWith('/') ? [] : [fromRoot(fileRef)]),
    ];
    const path = candidates.find((candidate) => candidate !== undefined && zip.files.has(candidate));
    return path === undefined ? { verdict: 'missing' } : { path };
  } catch (error) {
    if (error instanceof OfdError) return { verdict: 'unsafePath' };
    throw error;
  }
}

function fromRoot(fileRef: string): string | undefined {
  return fileRef.includes('..') ? undefined : resolveLocation(fileRef, '');
}
