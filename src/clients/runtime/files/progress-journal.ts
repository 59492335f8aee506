import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import * as v from 'valibot';
import { readLeft } from './file-journal.ts';

/**
 * Beside an unfinished output that a later process may go on with: what the output is made of, and how many of its
 * bytes from its beginning are written and checked. Lines of text; the last whole one holds.
 */
const headSchema = v.strictObject({
  source: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** `source`: SM3 (hexadecimal) of what the output is made of. `size`: bytes of the whole output. */
export type ProgressHead = v.InferOutput<typeof headSchema>;

export const progressEnding = '.progress';

/** Bytes that are written again at most, and between two lines. */
const step = 8 * 1_048_576;
/** Bytes of such a journal at most: a line of 15 characters for each step of the largest output. */
const maxBytes = 4 * 1_048_576;

export interface ProgressJournal {
  /** `bytes` bytes from the beginning are written; lines follow one another in the order of the calls. */
  record(bytes: number): void;
  /** Waits for lines on their way. */
  close(): Promise<void>;
}

/** Begins the journal of the output at `path`, of which `taken` bytes are written already. */
export async function openProgress(
  path: string,
  head: ProgressHead,
  taken: number,
): Promise<ProgressJournal> {
  const handle = await begin(`${path}${progressEnding}`, head, taken);
  let recorded = taken;
  let lines = Promise.resolve();
  return {
    record(bytes) {
      if (bytes < recorded + step) return;
      recorded = bytes;
      // A line that is lost costs time at the next start and nothing else.
      lines = lines.then(() => handle.write(`${bytes}\n`)).then(nothing, nothing);
    },
    async close() {
      await lines;
      await handle.close();
    },
  };
}

export async function removeProgress(path: string): Promise<void> {
  await rm(`${path}${progressEnding}`, { force: true });
}

/** What an earlier process made of the output at `path`; undefined where that is not to be used. */
export async function readProgress(
  path: string,
): Promise<(ProgressHead & { readonly taken: number }) | undefined> {
  try {
    const [head = '', ...lines] = (await readLeft(`${path}${progressEnding}`, maxBytes)).split('\n');
    const known = v.parse(headSchema, JSON.parse(head));
    // What stands behind the last line end is cut off.
    const taken = Number(lines.slice(0, -1).at(-1) ?? 0);
    return Number.isSafeInteger(taken) && taken >= 0 && taken <= known.size ? { ...known, taken } : undefined;
  } catch {
    return undefined;
  }
}

/** In the place of an earlier one, whose last line may be half a line. */
async function begin(path: string, head: ProgressHead, taken: number): Promise<FileHandle> {
  const draft = `${path}.part`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'ax', 0o600);
  try {
    await handle.write(`${JSON.stringify(head)}\n${taken}\n`);
    await rename(draft, path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function nothing(): void {}
