import { CodedError } from '../../../protocol/coded-error.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { ClientKind } from '../../../protocol/native-messages.ts';
import { isClientLost, sendBlob, type ClientFile } from '../native/file-transfer.ts';
import { openNativeClient, type NativeClient } from '../native/native-client.ts';

/** A document as the page handed it over. */
export interface HeldDocument {
  readonly name: string;
  readonly blob: Blob;
}

/** The client with a session's documents in it, in their order. */
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
  withClient<T>(job: DeskJob, work: (desk: ClientDesk) => Promise<T>): Promise<T>;
  /** What was written for the session: kept from the first call on, made by `write` once however many ask. */
  outputs(sessionId: string, write: () => Promise<readonly Blob[]>): Promise<readonly Blob[]>;
  /**
   * Resolves when the process that works for the session has ended, or at once where there is none; keeps it from
   * ending of idleness until then, or until `signal` aborts.
   */
  untilGone(sessionId: string, signal: AbortSignal): Promise<void>;
  /** Keeps what came of one document, by its index. */
  keep(sessionId: string, index: number, bytes: Blob): void;
  kept(sessionId: string): ReadonlyMap<number, Blob>;
  /** Tells how far the client is with its work, in bytes; undefined when it is over. */
  report(sessionId: string, progress: Progress | undefined): void;
  /** How far the documents are handed to the client, or worked on, in bytes. */
  progress(sessionId: string): Progress | undefined;
  /** The session has ended: the process ends and with it every copy. */
  clear(sessionId: string): void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Whose documents are needed, and in which client. */
export interface DeskJob {
  readonly sessionId: string;
  readonly kind: ClientKind;
  /** As the client read them before; absent the first time. */
  readonly expected: readonly DocumentDigest[] | undefined;
  readonly signal: AbortSignal;
}

interface Entry {
  documents?: readonly HeldDocument[];
  arrived: Promise<void>;
  arrive: () => void;
  desk?: Promise<ClientDesk>;
  outputs?: Promise<readonly Blob[]>;
  readonly kept: Map<number, Blob>;
  /** Of the newest client process: what it leaves when it is killed. */
  workspace?: string;
  progress?: Progress;
}

export function createDocumentDesk(onProgress: () => void): DocumentDesk {
  const entries = new Map<string, Entry>();

  function entryOf(sessionId: string): Entry {
    const known = entries.get(sessionId);
    if (known !== undefined) return known;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const entry: Entry = { arrived, arrive, kept: new Map() };
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

  /** A process that takes over what a dead one of this session left has the documents that it left already. */
  async function open(entry: Entry, { kind, expected, signal }: DeskJob): Promise<ClientDesk> {
    const documents = await documentsOf(entry);
    const adopt = entry.workspace;
    const client = await openNativeClient(kind, { signal, ...(adopt === undefined ? {} : { adopt }) });
    const { workspace, adopted = [] } = client.hello;
    if (workspace !== undefined) entry.workspace = workspace;
    const total = documents.reduce((sum, { blob }) => sum + blob.size, 0);
    let before = 0;
    try {
      const files: ClientFile[] = [];
      const left = leftovers(adopted, expected);
      for (const [index, { name, blob }] of documents.entries()) {
        const report = (done: number) => {
          entry.progress = { done: before + done, total };
          onProgress();
        };
        files.push(left.get(index) ?? (await sendBlob(client, name, blob, { signal, onProgress: report })));
        before += blob.size;
      }
      for (const { file } of adopted) {
        // What the dead process had made is made again, and must not take the room for it.
        if (!files.some((used) => used.file === file)) await client.call('file.drop', { file }, { signal });
      }
      delete entry.progress;
      return { client, files };
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** The open desk, or a new one where there is none or its process has died. */
  async function deskOf(entry: Entry, job: DeskJob): Promise<ClientDesk> {
    const { desk: asked } = entry;
    const known = await asked?.catch(() => undefined);
    if (known?.client.isOpen() === true) return known;
    // Whoever found it closed first has opened another: a second process would never be let go.
    const current = entry.desk === asked ? open(entry, job) : (entry.desk ?? open(entry, job));
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
    async withClient(job, work) {
      const { sessionId, expected, signal } = job;
      // An ended session must not come to life here again.
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      const entry = entryOf(sessionId);
      for (let attempt = 1; ; attempt += 1) {
        try {
          const desk = await deskOf(entry, job);
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
    async untilGone(sessionId, signal) {
      const desk = await entries.get(sessionId)?.desk?.catch(() => undefined);
      if (desk === undefined || signal.aborted) return;
      const { client } = desk;
      const sign = () => void client.call('cancel', { id: 0 }).catch(() => undefined);
      const timer = setInterval(sign, timeLimits.clientIdle / 3);
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([client.ended, aborted]);
      clearInterval(timer);
    },
    keep: (sessionId, index, bytes) => void entries.get(sessionId)?.kept.set(index, bytes),
    kept: (sessionId) => entries.get(sessionId)?.kept ?? new Map(),
    report(sessionId, progress) {
      const entry = entries.get(sessionId);
      if (entry === undefined) return;
      if (progress === undefined) delete entry.progress;
      else entry.progress = progress;
      onProgress();
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

/** Documents that the dead process had whole, by index; of two with the same bytes neither, for they differ in name. */
function leftovers(
  adopted: readonly ClientFile[],
  expected: readonly DocumentDigest[] = [],
): ReadonlyMap<number, ClientFile> {
  const found = expected.flatMap(({ size, sm3 }, index): [number, ClientFile][] => {
    const isOnly = expected.filter((other) => other.sm3 === sm3).length === 1;
    const file = adopted.find((one) => one.size === size && one.sm3 === sm3);
    return isOnly && file !== undefined ? [[index, file]] : [];
  });
  return new Map(found);
}
