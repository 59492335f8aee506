import { countLimits, sizeLimits } from '../../../protocol/limits.ts';
import { runtimeMethods, type LaneAddress, type RuntimeMethods } from '../../../protocol/native-messages.ts';
import type { Lane, LaneTicket } from '../lane/lane.ts';
import type { HandlersOf } from '../method-handlers.ts';
import { RpcRefusal } from '../rpc-refusal.ts';
import type { ClientFiles } from './client-files.ts';

type FileMethod = Extract<keyof RuntimeMethods, `file.${string}`>;

const terms = { chunkBytes: sizeLimits.fileChunkBytes, credit: countLimits.fileCredit } as const;

/** The methods `file.…`: how files come to a client and from it. */
export function createFileMethods(
  files: ClientFiles,
  lane: Lane,
): HandlersOf<Pick<RuntimeMethods, FileMethod>> {
  /** Tokens of uploads that may have to be revoked. */
  const uploads = new Map<string, LaneTicket>();
  const reads = new Map<string, number>();

  const offer = (ticket: LaneTicket | undefined): { lane?: LaneAddress } & typeof terms =>
    ticket === undefined ? terms : { ...terms, lane: ticket.address };
  const useChunks = (file: string) => {
    uploads.get(file)?.revoke();
    uploads.delete(file);
  };

  return {
    'file.create': {
      params: runtimeMethods['file.create'].params,
      async run({ name, size }, { signal }) {
        const file = await files.create(name, size, useChunks);
        const incoming = files.incoming(file);
        if (incoming === undefined) return { file, ...terms };
        const ticket = await lane.announce({
          direction: 'upload',
          size,
          receive: (body) => incoming.receive(body),
          signal: files.gone(file),
        });
        if (ticket !== undefined) uploads.set(file, ticket);
        // Nobody learns of the file any more.
        if (signal.aborted) await files.drop(file);
        return { file, ...offer(ticket) };
      },
    },
    'file.write': {
      params: runtimeMethods['file.write'].params,
      async run({ file, offset, data }) {
        const incoming = files.incoming(file);
        if (incoming === undefined) throw new RpcRefusal('offset');
        return { received: await incoming.writeChunk(offset, bytesOf(data)) };
      },
    },
    'file.close': {
      params: runtimeMethods['file.close'].params,
      async run({ file }) {
        const { size, sm3 } = await files.complete(file);
        useChunks(file);
        return { size, sm3 };
      },
    },
    'file.open': {
      params: runtimeMethods['file.open'].params,
      async run({ file }) {
        const { size, sm3 } = files.describe(file);
        const ticket = await lane.announce({
          direction: 'download',
          source: files.source(file),
          signal: files.gone(file),
        });
        return { size, sm3, ...offer(ticket) };
      },
    },
    'file.read': {
      params: runtimeMethods['file.read'].params,
      async run({ file, offset, length }) {
        const source = files.source(file);
        const unanswered = reads.get(file) ?? 0;
        if (unanswered >= terms.credit) throw new RpcRefusal('credit');
        if (offset + length > source.size) throw new RpcRefusal('offset');
        reads.set(file, unanswered + 1);
        try {
          const bytes = await source.read(offset, length);
          return { data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') };
        } finally {
          const left = (reads.get(file) ?? 1) - 1;
          if (left > 0) reads.set(file, left);
          else reads.delete(file);
        }
      },
    },
    'file.drop': {
      params: runtimeMethods['file.drop'].params,
      async run({ file }) {
        uploads.delete(file);
        await files.drop(file);
        return {};
      },
    },
  };
}

/** Bytes of canonical base64 (RFC 4648 §4): one value has one text. */
function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== base64) throw new RpcRefusal('invalidParams');
  return bytes;
}
