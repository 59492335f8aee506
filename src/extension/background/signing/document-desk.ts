import { CodedError } from '../../../protocol/coded-error.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import { displayableName } from '../../../lib/displayable-name.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import { isClientLost, sendBlob, type ClientFile } from '../native/file-transfer.ts';
import { openNativeClient, type NativeClient } from '../native/native-client.ts';

/** A document as the page handed it over. */
export interface HeldDocument {
  readonly name: string;
  readonly blob: Blob;
}

/** The signature client with a session's documents in it, in their order. */
export interface ClientDesk {
  readonly client: NativeClient;
  readonly files: readonly ClientFile[];
}

/**
 * What a session's documents need besides its record: the page's files, the client process that holds their bytes,
 * and what it wrote. Nothing of it is stored: the page hands its files over again to a worker that was restarted, and
 * the client makes the same bytes again.
 */
export interface DocumentDesk {
  hold(sessionId: string, documents: readonly HeldDocument[]): void;
  held(sessionId: string): readonly HeldDocument[];
  /**
   * Runs `work` with a client that has the documents; once more with a new client where the process died meanwhile.
   * @throws CodedError FILE_CHANGED when `expected` are other documents; PAGE_GONE when the page does not bring them
   */
  withClient<T>(
    sessionId: string,
    expected: readonly DocumentDigest[] | undefined,
    signal: AbortSignal,
    work: (desk: ClientDesk) => Promise<T>,
  ): Promise<T>;
  /** What was written for the session: kept from the first call on, made by `write` once however many ask. */
  outputs(sessionId: string, write: () => Promise<readonly Blob[]>): Promise<readonly Blob[]>;
  /** How far the documents are handed to the client, in bytes. */
  progress(sessionId: string): { readonly done: number; readonly total: number } | undefined;
  /** The session has ended: the process ends and with it every copy. */
  clear(sessionId: string): void;
}

interface Entry {
  documents?: readonly HeldDocument[];
  arrived: Promise<void>;
  arrive: () => void;
  desk?: Promise<ClientDesk>;
  outputs?: Promise<readonly Blob[]>;
  progress?: { readonly done: number; readonly total: number };
}

export function createDocumentDesk(onProgress: () => void): DocumentDesk {
  const entries = new Map<string, Entry>();

  function entryOf(sessionId: string): Entry {
    const known = entries.get(sessionId);
    if (known !== undefined) return known;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const entry: Entry = { arrived, arrive };
    entries.set(sessionId, entry);
    return entry;
  }

  async function documentsOf(entry: Entry): Promise<readonly HeldDocument[]> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeLimits.reattachment)));
    await Promise.race([entry.arrived, late]);
    clearTimeout(timer);
    if (entry.documents === undefined) throw new CodedError('PAGE_GONE');
    return entry.documents;
  }

  async function open(entry: Entry, signal: AbortSignal): Promise<ClientDesk> {
    const documents = await documentsOf(entry);
    const client = await openNativeClient('signature', { signal });
    const total = documents.reduce((sum, { blob }) => sum + blob.size, 0);
    let before = 0;
    try {
      const files: ClientFile[] = [];
      for (const { name, blob } of documents) {
        const report = (done: number) => {
          entry.progress = { done: before + done, total };
          onProgress();
        };
        files.push(await sendBlob(client, displayableName(name), blob, { signal, onProgress: report }));
        before += blob.size;
      }
      delete entry.progress;
      return { client, files };
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** The open desk, or a new one where there is none or its process has died. */
  async function deskOf(entry: Entry, signal: AbortSignal): Promise<ClientDesk> {
    const { desk: asked } = entry;
    const known = await asked?.catch(() => undefined);
    if (known?.client.isOpen() === true) return known;
    // Whoever found it closed first has opened another: a second process would never be let go.
    const current = entry.desk === asked ? open(entry, signal) : (entry.desk ?? open(entry, signal));
    entry.desk = current;
    return current;
  }

  return {
    hold(sessionId, documents) {
      const entry = entryOf(sessionId);
      entry.documents ??= documents;
      entry.arrive();
    },
    held: (sessionId) => entries.get(sessionId)?.documents ?? [],
    async withClient(sessionId, expected, signal, work) {
      // An ended session must not come to life here again.
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      const entry = entryOf(sessionId);
      for (let attempt = 1; ; attempt += 1) {
        try {
          const desk = await deskOf(entry, signal);
          requireSame(desk.files, expected);
          return await work(desk);
        } catch (error) {
          if (signal.aborted || attempt === 2 || !isClientLost(error)) throw error;
        }
      }
    },
    outputs(sessionId, write) {
      const entry = entryOf(sessionId);
      if (entry.outputs !== undefined) return entry.outputs;
      const outputs = write();
      entry.outputs = outputs;
      outputs.catch(() => delete entry.outputs);
      return outputs;
    },
    progress: (sessionId) => entries.get(sessionId)?.progress,
    clear(sessionId) {
      const entry = entries.get(sessionId);
      entries.delete(sessionId);
      void entry?.desk?.then(
        ({ client }) => client.close(),
        () => undefined,
      );
    },
  };
}

function requireSame(files: readonly ClientFile[], expected: readonly DocumentDigest[] | undefined): void {
  const same = expected?.every(({ sm3 }, index) => files[index]?.sm3 === sm3) ?? true;
  if (!same) throw new CodedError('FILE_CHANGED');
}
