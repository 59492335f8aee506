import type { IncomingMessage } from 'node:http';
import { BodyTooLarge } from './exchange.ts';

/** This far past its limit a sender is cut off instead of answered. */
const drainLimitBytes = 4 * 1024 * 1024;

/** The body of one request, of which at most `limit` bytes count. */
export interface RequestBody {
  /** All of it; `endless` where the sender went so far past the limit that it is to be cut off. */
  whole(): Promise<Uint8Array | 'tooLarge' | 'endless'>;
  /** What comes, as it comes. @throws BodyTooLarge past the limit */
  stream(): AsyncIterable<Uint8Array>;
  /**
   * Takes and drops what nobody read: a sender who is still sending does not see its answer.
   * @returns `endless` as `whole` does
   */
  drain(): Promise<'done' | 'endless'>;
}

export function requestBody(request: IncomingMessage, limit: number): RequestBody {
  // Whoever stops reading before the end must not cut the connection, on which the answer is still to go.
  const parts = (): AsyncIterable<Buffer> => request.iterator({ destroyOnReturn: false });
  let length = 0;

  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const part of parts()) {
      length += part.length;
      if (length > limit) throw new BodyTooLarge();
      yield part;
    }
  }

  async function drain(): Promise<'done' | 'endless'> {
    if (request.readableEnded) return 'done';
    for await (const part of parts()) {
      length += part.length;
      if (length > limit + drainLimitBytes) return 'endless';
    }
    return 'done';
  }

  return {
    stream,
    drain,
    async whole() {
      const kept: Uint8Array[] = [];
      try {
        for await (const part of stream()) kept.push(part);
        return Buffer.concat(kept);
      } catch (error) {
        if (!(error instanceof BodyTooLarge)) throw error;
        return (await drain()) === 'endless' ? 'endless' : 'tooLarge';
      }
    },
  };
}
