import { createCipheriv, createDecipheriv } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { encode, encodeHeader } from '../../../src/gm/der-encode.ts';
import { readDerHeader } from '../../../src/gm/der-header.ts';
import { contextTag } from '../../../src/gm/der.ts';
import { envelopeFrame } from '../../../src/gm/enveloped-data-frame.ts';
import { readEnvelopeFrame } from '../../../src/gm/enveloped-data-locator.ts';
import {
  EnvelopeError,
  openEnvelope,
  openEnvelopeKey,
  parseEnvelope,
} from '../../../src/gm/enveloped-data.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { joinSources, memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { concatBytes, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { build, content, holder, id, octets, sealed, sequence } from './enveloped-data-parts.ts';
import { refusalOf } from './refusal-of.ts';

const recipients = [holder.certificate];
const { certificate } = holder;

/** The message as a client writes it: the content passes through node's cipher. */
function stream(plain: Uint8Array, flavour: 'gm' | 'pkcs7' = 'gm'): Uint8Array {
  const frame = envelopeFrame({ recipients, size: plain.length, flavour });
  const cipher = createCipheriv('sm4-cbc', frame.key, frame.iv);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  expect(encrypted.length).toBe(frame.encryptedSize);
  return concatBytes(frame.before, encrypted);
}

/** Zeros that nobody holds; tells the most that was read at once and how far. */
function zeros(size: number): ByteSource & { readonly furthest: () => number } {
  let furthest = 0;
  return {
    size,
    furthest: () => furthest,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      furthest = Math.max(furthest, offset + wanted);
      return Promise.resolve(new Uint8Array(wanted));
    },
  };
}

async function refusal(source: Uint8Array | ByteSource): Promise<string | undefined> {
  const bytes = source instanceof Uint8Array ? memorySource(source) : source;
  const error: unknown = await readEnvelopeFrame(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return refusalOf(() => {
    if (error !== undefined) throw error;
  })?.replace('EnvelopeError: ', '');
}

describe('a file is refused by name', () => {
  const constructed = contextTag(0);
  const longRecipients = encode(0x31, ...Array.from({ length: 300 }, () => octets(new Uint8Array(500))));
  test.each([
    ['nothing', new Uint8Array(), 'malformed'],
    ['a text', utf8('0123456789 is the beginning of a text that starts as a SEQUENCE does'), 'malformed'],
    ['a PDF', utf8('%PDF-1.7'), 'malformed'],
    ['another message', build({ type: id(oid.gmSignedData) }), 'notEnvelopedData'],
    ['appended to', concatBytes(build(), Uint8Array.of(0)), 'trailingBytes'],
    ['without content', build({ encrypted: new Uint8Array() }), 'contentMissing'],
    [
      'content in two pieces',
      build({ encrypted: encode(constructed, octets(sealed), octets(sealed)) }),
      'contentInPieces',
    ],
    [
      'half a block',
      build({ encrypted: encode(contextTag(0, 'primitive'), sealed.subarray(8)) }),
      'malformed',
    ],
    ['more than content', build({ sharedInfo: octets(sealed) }), 'malformed'],
    ['attributes behind the content', build({ end: encode(contextTag(1)) }), 'malformed'],
    [
      'AES',
      build({ algorithm: sequence(id('2.16.840.1.101.3.4.1.2'), octets(new Uint8Array(16))) }),
      'unsupportedAlgorithm',
    ],
    ['recipients of more than 128 KiB', build({ recipients: longRecipients }), 'tooLarge'],
  ])('%s', async (_, bytes, reason) => {
    expect(await refusal(bytes)).toBe(reason);
  });

  it('as truncated wherever it was cut behind its content type', async () => {
    const whole = stream(content);
    const reasons = new Map<string | undefined, number[]>();
    for (let length = 0; length < whole.length; length += 1) {
      const reason = await refusal(whole.subarray(0, length));
      reasons.set(reason, [...(reasons.get(reason) ?? []), length]);
    }
    expect([...reasons.keys()]).toEqual(['malformed', 'truncated']);
    expect(reasons.get('truncated')?.[0]).toBe(16);
  });

  it('as malformed when it was cut and its first length was made to fit', async () => {
    const cut = stream(new Uint8Array(1_000)).slice(0, -16);
    cut.set(encodeHeader(0x30, cut.length - 4));
    expect(await refusal(cut)).toBe('malformed');
  });

  it('or gives the same place, whichever byte before the content is altered', async () => {
    const whole = stream(content);
    const { content: right } = await readEnvelopeFrame(memorySource(whole));
    const wrong: number[] = [];
    for (let index = 0; index < right.offset; index += 1) {
      for (const difference of [1, 0x80]) {
        const altered = whole.map((byte, at) => (at === index ? byte ^ difference : byte));
        const place = await readEnvelopeFrame(memorySource(altered)).then(
          (found) => found.content,
          (error: unknown) => (error instanceof EnvelopeError ? right : undefined),
        );
        if (place?.offset !== right.offset || place.length !== right.length) wrong.push(index);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('before anything is written, of a size that is none', () => {
    for (const size of [-1, 0.5, Number.NaN, 2 ** 46 + 1]) {
      expect(() => envelopeFrame({ recipients, size })).toThrow(RangeError);
    }
  });

  it('with what the source refuses', async () => {
    const source = { size: 10, read: () => Promise.reject(new Error('disk')) };
    await expect(readEnvelopeFrame(source)).rejects.toThrow('disk');
  });
});

describe('a message whose content is streamed', () => {
  test.each([0, 1, 15, 16, 17, 127, 128, 65_535, 70_000])('of %i bytes is DER that opens', (size) => {
    const plain = Uint8Array.from({ length: size }, (_, index) => index & 0xff);
    const opened = openEnvelope(parseEnvelope(stream(plain)), { ...holder, certificate });
    expect(toHex(opened)).toBe(toHex(plain));
  });

  it.each(['gm', 'pkcs7'] as const)('is found again and decrypted in place, %s', async (flavour) => {
    const message = stream(content, flavour);
    const { envelope, content: place } = await readEnvelopeFrame(memorySource(message));
    const key = openEnvelopeKey(envelope, holder);
    const decipher = createDecipheriv('sm4-cbc', key, envelope.iv);
    const encrypted = message.subarray(place.offset, place.offset + place.length);
    expect(new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]))).toEqual(content);
    expect(envelope.flavour).toBe(flavour);
  });

  it('is found as well in the one piece that other programs put it into', async () => {
    const message = build({ encrypted: encode(contextTag(0), octets(sealed)) });
    const { content: place } = await readEnvelopeFrame(memorySource(message));
    expect(message.subarray(place.offset, place.offset + place.length)).toEqual(sealed);
  });

  it('leaves, without its content, a message that a phone can open the key of', async () => {
    const message = stream(content);
    const { envelope } = await readEnvelopeFrame(memorySource(message));
    const alone = parseEnvelope(envelope.raw);
    expect(alone.encryptedContent).toBeUndefined();
    expect(openEnvelopeKey(alone, holder)).toEqual(openEnvelopeKey(parseEnvelope(message), holder));
  });

  it.each([2 ** 20, 2 ** 31, 2 ** 32, 2 ** 40 - 1, 2 ** 46])(
    'of %i bytes has exact lengths, and is found with 128 KiB read',
    async (size) => {
      const { before, encryptedSize } = envelopeFrame({ recipients, size });
      expect(encryptedSize).toBe(size + 16 - (size % 16));
      const { headerLength, length } = readDerHeader(before);
      expect(headerLength + length).toBe(before.length + encryptedSize);
      const body = zeros(encryptedSize);
      const { content: place } = await readEnvelopeFrame(joinSources(memorySource(before), body));
      expect(place).toEqual({ offset: before.length, length: encryptedSize });
      expect(before.length + body.furthest()).toBeLessThanOrEqual(2 ** 17);
    },
  );
});
