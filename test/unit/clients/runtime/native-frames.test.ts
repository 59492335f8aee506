import { describe, expect, it, test } from 'vitest';
import { createFrameDecoder, encodeFrame } from '../../../../src/clients/runtime/native-frames.ts';
import { sizeLimits } from '../../../../src/protocol/limits.ts';

const limit = sizeLimits.nativeMessageToClientBytes;

function frame(body: Uint8Array): Buffer {
  return Buffer.concat([header(body.length), body]);
}

function header(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

/** A decoder and the bodies that it handed on. */
function collect() {
  const bodies: Buffer[] = [];
  return { bodies, decoder: createFrameDecoder((body) => bodies.push(Buffer.from(body))) };
}

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a stream of frames', () => {
  test.each([0, limit + 1, 0x7fff_ffff, 0xffff_ffff])('that announces %i bytes is refused', (length) => {
    const { bodies, decoder } = collect();
    expect(() => decoder.push(header(length))).toThrow(expect.objectContaining({ code: 'CLIENT_PROTOCOL' }));
    expect(bodies).toEqual([]);
  });

  it('is refused at an absurd length although a whole message came before it in the same chunk', () => {
    const { bodies, decoder } = collect();
    const chunk = Buffer.concat([frame(Buffer.from('first')), header(0xffff_ffff)]);
    expect(() => decoder.push(chunk)).toThrow('4294967295 bytes');
    expect(bodies.map(String)).toEqual(['first']);
  });

  it('reads the length as little-endian', () => {
    const { bodies, decoder } = collect();
    decoder.push(Uint8Array.of(2, 0, 0, 0, 0x7b, 0x7d));
    expect(bodies.map(String)).toEqual(['{}']);
  });

  it('may hold a message of exactly the limit', () => {
    const { bodies, decoder } = collect();
    decoder.push(frame(Buffer.alloc(limit, 'x')));
    expect(bodies.map((body) => body.length)).toEqual([limit]);
  });

  it('gives two messages of one chunk in order', () => {
    const { bodies, decoder } = collect();
    decoder.push(Buffer.concat([frame(Buffer.from('one')), frame(Buffer.from('two'))]));
    expect(bodies.map(String)).toEqual(['one', 'two']);
  });

  it('ignores empty chunks', () => {
    const { bodies, decoder } = collect();
    for (const chunk of [[], header(1), [], [0x21], []]) decoder.push(Uint8Array.from(chunk));
    expect(bodies.map(String)).toEqual(['!']);
  });

  it('gives the same messages wherever it is cut in two', () => {
    const sent = [Buffer.from('{"a":1}'), Buffer.from('x'), Buffer.alloc(300, 'y')];
    const stream = Buffer.concat(sent.map(frame));
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const { bodies, decoder } = collect();
      decoder.push(stream.subarray(0, cut));
      decoder.push(stream.subarray(cut));
      expect(bodies).toEqual(sent);
    }
  });

  test.each([1, 10, 64, 512, 1_024])(
    'gives the same messages for random cuts of up to %i bytes',
    (longest) => {
      const random = seededRandom(longest);
      const sent = Array.from({ length: 40 }, (_, index) => {
        const size = 1 + Math.floor(random() * 700);
        return Buffer.from(Array.from({ length: size }, (__, at) => (at * 31 + index) & 0xff));
      });
      const stream = Buffer.concat(sent.map(frame));
      const { bodies, decoder } = collect();
      for (let start = 0; start < stream.length;) {
        const end = start + 1 + Math.floor(random() * longest);
        decoder.push(stream.subarray(start, end));
        start = end;
      }
      expect(bodies).toEqual(sent);
      expect(decoder.isMidMessage()).toBe(false);
    },
  );

  test.each([
    ['before anything', [], false],
    ['inside a length', [3, 0], true],
    ['after a length', [3, 0, 0, 0], true],
    ['inside a body', [3, 0, 0, 0, 1, 2], true],
    ['after a body', [3, 0, 0, 0, 1, 2, 3], false],
  ])('%s: mid-message is %s', (_, bytes, expected) => {
    const { decoder } = collect();
    decoder.push(Uint8Array.from(bytes));
    expect(decoder.isMidMessage()).toBe(expected);
  });

  it('keeps handed-on messages apart from later ones', () => {
    const kept: Uint8Array[] = [];
    const decoder = createFrameDecoder((body) => kept.push(body));
    decoder.push(frame(Buffer.from('aaaa')));
    decoder.push(frame(Buffer.from('bbbb')));
    expect(kept.map((body) => Buffer.from(body).toString())).toEqual(['aaaa', 'bbbb']);
  });
});

describe('a frame for the browser', () => {
  it('is refused one byte above the limit', () => {
    const text = 'x'.repeat(sizeLimits.nativeMessageToBrowserBytes + 1 - '{"a":""}'.length);
    expect(() => encodeFrame({ a: text })).toThrow(expect.objectContaining({ code: 'BRIDGE_INTERNAL' }));
  });

  it('counts bytes, not characters', () => {
    expect(() => encodeFrame({ a: '证'.repeat(400_000) })).toThrow('too long');
  });

  it('may be as long as the limit', () => {
    const text = 'x'.repeat(sizeLimits.nativeMessageToBrowserBytes - '{"a":""}'.length);
    expect(encodeFrame({ a: text }).length).toBe(4 + sizeLimits.nativeMessageToBrowserBytes);
  });

  it('is the length in bytes, then UTF-8 JSON', () => {
    const bytes = Buffer.from(encodeFrame({ a: '证' }));
    expect(bytes.readUInt32LE()).toBe(11);
    expect(bytes.subarray(4).toString('utf8')).toBe('{"a":"证"}');
  });
});
