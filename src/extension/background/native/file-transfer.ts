import { fromBase64, toBase64 } from '../../../lib/bytes.ts';
import { CodedError, codeOf } from '../../../protocol/coded-error.ts';
import { lanePath, type LaneAddress } from '../../../protocol/native-messages.ts';
import type { NativeCallOptions, NativeClient } from './native-client.ts';

/** A file that the client holds. */
export interface ClientFile {
  readonly file: string;
  readonly size: number;
  /** SM3, lower-case hexadecimal. */
  readonly sm3: string;
}

/**
 * Hands `blob` to the client: over the loopback lane, or in chunks on the native port where the browser, a proxy or a
 * firewall keeps the lane shut. The bytes pass through neither worker nor page memory as a whole.
 * @throws CodedError DOCUMENT_GONE when the blob cannot be read any more, and those of the client
 */
export async function sendBlob(
  client: NativeClient,
  name: string,
  blob: Blob,
  options: NativeCallOptions = {},
): Promise<ClientFile> {
  await requireReadable(blob);
  const announced = await client.call('file.create', { name, size: blob.size }, options);
  if (announced.lane !== undefined && (await putByLane(announced.lane, blob, options))) {
    options.onProgress?.(blob.size, blob.size);
    return { file: announced.file, ...(await client.call('file.close', { file: announced.file }, options)) };
  }
  await client.call('file.drop', { file: announced.file }, options);
  const { file, chunkBytes, credit } = await client.call('file.create', { name, size: blob.size }, options);
  // Reads of a file on the disk may end in another order than they began; the client takes the chunks in theirs.
  let read: Promise<unknown> = Promise.resolve();
  await inCredit(blob.size, chunkBytes, credit, options, async (offset, length) => {
    const bytes = read.then(() => bytesOf(blob.slice(offset, offset + length)));
    read = bytes;
    const data = toBase64(await bytes);
    return client.call('file.write', { file, offset, data }, { ...signalOf(options) });
  });
  return { file, ...(await client.call('file.close', { file }, options)) };
}

/** Fetches a file from the client, by the same two ways. @throws CodedError of the client */
export async function receiveBlob(
  client: NativeClient,
  file: string,
  options: NativeCallOptions = {},
): Promise<Blob> {
  const opened = await client.call('file.open', { file }, options);
  const fast = opened.lane && (await getByLane(opened.lane, options));
  if (fast !== undefined && fast.size === opened.size) return kept(fast);
  const { size, chunkBytes, credit } =
    fast === undefined && opened.lane === undefined
      ? opened
      : await client.call('file.open', { file }, options);
  const parts: Blob[] = [];
  await inCredit(size, chunkBytes, credit, options, async (offset, length) => {
    const { data } = await client.call('file.read', { file, offset, length }, { ...signalOf(options) });
    parts[Math.floor(offset / chunkBytes)] = new Blob([new Uint8Array(fromBase64(data))]);
  });
  return kept(new Blob(parts));
}

/** The client drops its copy next: a browser that could not store the bytes says so only when they are read. */
async function kept(blob: Blob): Promise<Blob> {
  try {
    await Promise.all([blob.slice(0, 1), blob.slice(-1)].map((part) => part.arrayBuffer()));
    return blob;
  } catch {
    throw new CodedError('STORAGE_UNAVAILABLE');
  }
}

/** Runs `move` over the chunks of `size` bytes in order, at most `credit` of them unanswered. */
async function inCredit(
  size: number,
  chunkBytes: number,
  credit: number,
  { signal, onProgress }: NativeCallOptions,
  move: (offset: number, length: number) => Promise<unknown>,
): Promise<void> {
  const open: Promise<unknown>[] = [];
  for (let offset = 0; offset < size; offset += chunkBytes) {
    if (signal?.aborted === true) throw new CodedError('REQUEST_ABORTED');
    if (open.length >= credit) await open.shift();
    const moved = move(offset, Math.min(chunkBytes, size - offset));
    // What fails is told by the next one that is waited for.
    moved.catch(() => undefined);
    open.push(moved);
    onProgress?.(offset, size);
  }
  await Promise.all(open);
}

function signalOf({ signal }: NativeCallOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** True when the client took the whole blob. */
async function putByLane(lane: LaneAddress, blob: Blob, { signal }: NativeCallOptions): Promise<boolean> {
  const response = await onLane(lane, { method: 'PUT', body: blob }, signal);
  return response?.ok === true;
}

/** By POST: a GET may come without the `Origin` that the lane asks for. */
async function getByLane(lane: LaneAddress, { signal }: NativeCallOptions): Promise<Blob | undefined> {
  const response = await onLane(lane, { method: 'POST' }, signal);
  return response?.ok === true ? response.blob().catch(() => undefined) : undefined;
}

async function onLane(
  { port, token }: LaneAddress,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Response | undefined> {
  try {
    return await fetch(`http://127.0.0.1:${port}${lanePath}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    if (signal?.aborted === true) throw new CodedError('REQUEST_ABORTED');
    return undefined;
  }
}

/**
 * A file that was moved or changed since it was chosen reads as an error from its first byte on; one that was deleted
 * may claim to be empty.
 */
async function requireReadable(blob: Blob): Promise<void> {
  await bytesOf(blob.size === 0 ? blob : blob.slice(0, 1));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new CodedError('DOCUMENT_GONE');
  }
}

/** True for what another client process may not answer again. */
export function isClientLost(error: unknown): boolean {
  return ['CLIENT_EXITED', 'CLIENT_PROTOCOL'].includes(codeOf(error));
}
