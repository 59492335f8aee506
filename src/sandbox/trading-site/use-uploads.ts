import { useEffect, useRef, useState } from 'preact/hooks';
import { uploadBid } from './bid-api.ts';
import type { EncryptedBid } from './bid-runs.ts';
import { failureOf, type Failure } from './failures.ts';
import type { BidView } from './project-views.ts';

/** `kept`: the bidder has the file, the page has not. `checking`: all was sent, the back end looks at it. */
export type UploadState =
  | { readonly name: 'kept' | 'waiting' | 'checking' }
  | { readonly name: 'sending'; readonly part: number }
  | { readonly name: 'taken'; readonly bid: BidView }
  | { readonly name: 'failed'; readonly failure: Failure };

export interface Uploads {
  /** One for each encrypted file, in their order. */
  readonly states: readonly UploadState[];
  /** Uploads one again, or for the first time: `file` where the page has none. */
  readonly upload: (index: number, file: File) => Promise<void>;
}

/** Uploads the files one after the other as soon as they are there; one that fails keeps no other back. */
export function useUploads(projectId: string, encrypted: readonly EncryptedBid[]): Uploads {
  const [states, setStates] = useState<readonly UploadState[]>(() =>
    encrypted.map(({ file }) => ({ name: file === undefined ? 'kept' : 'waiting' })),
  );
  const leaving = useRef(new AbortController());

  const upload = async (index: number, file: File): Promise<void> => {
    const { signal } = leaving.current;
    const sm3 = encrypted[index]?.receipt.cipher.sm3 ?? '';
    const become = (state: UploadState): void =>
      setStates((before) => before.map((other, at) => (at === index ? state : other)));
    const onProgress = (part: number): void =>
      become(part < 1 ? { name: 'sending', part } : { name: 'checking' });
    become({ name: 'sending', part: 0 });
    try {
      become({ name: 'taken', bid: await uploadBid(projectId, { file, sm3 }, { signal, onProgress }) });
    } catch (error) {
      become({ name: 'failed', failure: failureOf(error) });
    }
  };

  useEffect(() => {
    const { signal } = leaving.current;
    const uploadAll = async (): Promise<void> => {
      for (const [index, { file }] of encrypted.entries()) {
        if (file !== undefined && !signal.aborted) await upload(index, file);
      }
    };
    void uploadAll();
    return () => leaving.current.abort();
  }, []);

  return { states, upload };
}
