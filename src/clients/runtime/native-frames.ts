import { CodedError } from '../../protocol/coded-error.ts';
import { sizeLimits } from '../../protocol/limits.ts';

/**
 * Native messaging puts the length of a message in front of it: 32 bits in the machine's byte order, which is
 * little-endian on every platform that browsers and our clients run on.
 */
const headerBytes = 4;

export interface FrameDecoder {
  /**
   * Takes the next bytes, cut anywhere, and hands on each message that they complete.
   * @throws CodedError `CLIENT_PROTOCOL` when a message announces no bytes or too many: where the next one would
   * begin is unknown then, so the decoder is of no further use.
   */
  push(chunk: Uint8Array): void;
  /** True while a message is begun and not complete. */
  isMidMessage(): boolean;
}

/** Cuts a byte stream into messages of at most `sizeLimits.nativeMessageToClientBytes`, in order. */
export function createFrameDecoder(onMessage: (body: Uint8Array) => void): FrameDecoder {
  const header = new Uint8Array(headerBytes);
  let part = header;
  let filled = 0;

  const completePart = () => {
    const complete = part;
    part = complete === header ? new Uint8Array(announcedLength(header)) : header;
    filled = 0;
    if (complete !== header) onMessage(complete);
  };

  return {
    push(chunk) {
      for (let start = 0; start < chunk.length;) {
        const taken = chunk.subarray(start, start + part.length - filled);
        part.set(taken, filled);
        filled += taken.length;
        start += taken.length;
        if (filled === part.length) completePart();
      }
    },
    isMidMessage: () => part !== header || filled > 0,
  };
}

function announcedLength(header: Uint8Array): number {
  const length = new DataView(header.buffer, header.byteOffset).getUint32(0, true);
  if (length === 0 || length > sizeLimits.nativeMessageToClientBytes) {
    throw new CodedError('CLIENT_PROTOCOL', `a message announces ${length} bytes`);
  }
  return length;
}

const encoder = new TextEncoder();

/**
 * A message as bytes for the browser: length, then UTF-8 JSON.
 * @throws CodedError `BRIDGE_INTERNAL` above `sizeLimits.nativeMessageToBrowserBytes`, at which the browser would
 * break the port.
 */
export function encodeFrame(message: object): Uint8Array {
  const body = encoder.encode(JSON.stringify(message));
  if (body.length > sizeLimits.nativeMessageToBrowserBytes) {
    throw new CodedError('BRIDGE_INTERNAL', `a message of ${body.length} bytes is too long for the browser`);
  }
  const frame = new Uint8Array(headerBytes + body.length);
  new DataView(frame.buffer).setUint32(0, body.length, true);
  frame.set(body, headerBytes);
  return frame;
}
