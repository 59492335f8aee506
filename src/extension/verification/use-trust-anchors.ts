import { useCallback, useEffect, useState } from 'preact/hooks';
import { countLimits } from '../../protocol/limits.ts';
import { loadStoredAnchors, storeAnchors } from '../ui/stored-anchors.ts';
import { readAnchor, readAnchorFile, type TrustAnchor } from './trust-anchors.ts';

export type AnchorProblem =
  | { readonly kind: 'unreadable'; readonly name: string }
  | { readonly kind: 'tooMany' }
  | { readonly kind: 'notSaved' };

export interface TrustAnchors {
  /** Undefined until they are read. */
  readonly anchors: readonly TrustAnchor[] | undefined;
  readonly problems: readonly AnchorProblem[];
  add(files: readonly File[]): Promise<void>;
  remove(anchor: TrustAnchor): Promise<void>;
}

/** The roots that the user trusts on this computer. */
export function useTrustAnchors(): TrustAnchors {
  const [anchors, setAnchors] = useState<readonly TrustAnchor[]>();
  const [problems, setProblems] = useState<readonly AnchorProblem[]>([]);
  useEffect(() => {
    loadAnchors().then(setAnchors, () => setAnchors([]));
  }, []);
  const save = useCallback(async (next: readonly TrustAnchor[]): Promise<boolean> => {
    try {
      await storeAnchors(next.map(({ certificate }) => certificate));
      setAnchors(next);
      return true;
    } catch {
      return false;
    }
  }, []);
  return {
    anchors,
    problems,
    async add(files) {
      const found: AnchorProblem[] = [];
      const byCertificate = new Map((anchors ?? []).map((anchor) => [anchor.certificate, anchor]));
      for (const file of files) {
        const read = await readAnchorFile(file).catch(() => undefined);
        if (read === undefined) found.push({ kind: 'unreadable', name: file.name });
        for (const anchor of read ?? []) byCertificate.set(anchor.certificate, anchor);
      }
      const next = [...byCertificate.values()];
      if (next.length > countLimits.trustAnchors) found.push({ kind: 'tooMany' });
      if (!(await save(next.slice(0, countLimits.trustAnchors)))) found.push({ kind: 'notSaved' });
      setProblems(found);
    },
    async remove(anchor) {
      const next = (anchors ?? []).filter(({ certificate }) => certificate !== anchor.certificate);
      setProblems((await save(next)) ? [] : [{ kind: 'notSaved' }]);
    },
  };
}

/** What was stored; entries that are no anchors any more are left out. */
async function loadAnchors(): Promise<readonly TrustAnchor[]> {
  const texts = await loadStoredAnchors();
  return texts.flatMap((certificate) => {
    try {
      return [readAnchor(certificate)];
    } catch {
      return [];
    }
  });
}
