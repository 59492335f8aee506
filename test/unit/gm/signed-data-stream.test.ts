import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, test, vi } from 'vitest';
import {
  encode,
  encodeHeader,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../../src/gm/der-encode.ts';
import { contextTag, parseDer } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { encodeSignedAttributes } from '../../../src/gm/signed-attributes.ts';
import {
  assembleSignedData,
  createSignedData,
  createToBeSignedAttributes,
} from '../../../src/gm/signed-data-builder.ts';
import { verifySignedDataStream } from '../../../src/gm/signed-data-stream.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { joinSources, memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { projectPath } from '../../support/project-paths.ts';
import { issueIntermediate, issueRoot, issueSubscriber } from './test-pki.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const intermediate = issueIntermediate(root);
const signer = issueSubscriber(intermediate);
const content = utf8('投标函：总价 1,234,567.89 元');
const signingTime = new Date('2026-07-01T07:59:00Z');
const refused = (reason: string) => ({ ok: false, reason });
const create = (form: 'attached' | 'detached', withAttributes: boolean, signed = content) =>
  createSignedData({
    content: signed,
    form,
    signer,
    chain: [intermediate.certificate],
    ...(withAttributes ? { signedAttributes: { signingTime } } : {}),
  });
const verify = (message: Uint8Array, given?: Uint8Array) =>
  verifySignedDataStream(memorySource(message), given === undefined ? {} : { content: memorySource(given) });
const attached = create('attached', true);
const plain = create('attached', false);

/** Bytes 0, 1, 2, …, as many as wanted, held by nobody; tells the most that was read at once. */
function countingSource(size: number): ByteSource & { readonly longest: () => number } {
  let longest = 0;
  return {
    size,
    longest: () => longest,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      longest = Math.max(longest, wanted);
      return Promise.resolve(Uint8Array.from({ length: wanted }, (_, index) => (offset + index) % 251));
    },
  };
}

describe('a SignedData of any size is refused by name', () => {
  test.each([
    ['with attributes', attached],
    ['without', plain],
    ['detached', create('detached', true)],
  ])('malformed at every truncation, %s', async (_, message) => {
    for (let length = 0; length < message.length; length += 1) {
      expect(await verify(message.subarray(0, length), content), `${length} bytes`).toEqual(
        refused('malformed'),
      );
    }
  });

  it('or says the same by the same certificate, with any single byte of it altered', async () => {
    const message = createSignedData({
      content,
      form: 'attached',
      signer,
      signedAttributes: { signingTime },
    });
    const outcome = async (bytes: Uint8Array) => {
      const result = await verify(bytes);
      if (!result.ok || result.attached === undefined) return result.ok ? 'detached' : undefined;
      const { offset, length } = result.attached;
      const [first] = result.signers;
      const parts = [bytes.subarray(offset, offset + length), first?.certificate.raw ?? bytes];
      return [...parts.map(toHex), first?.signingTime?.toISOString()].join(' ');
    };
    const sound = await outcome(message);
    expect(sound).toContain(toHex(content));
    for (let index = 0; index < message.length; index += 1) {
      const altered = message.with(index, (message[index] ?? 0) ^ 0x01);
      expect([undefined, sound], `byte ${index}`).toContain(await outcome(altered));
    }
  });

  test.each<[string, Uint8Array]>([
    ['a byte after the end', concatBytes(attached, Uint8Array.of(0))],
    ['another message type', encodeSequence(encodeObjectIdentifier(oid.gmData), fromHex('a0023000'))],
    ['a length of 2⁵³ and more', fromHex('308720000000000000')],
    ['a length beyond eight octets', fromHex('3088ffffffffffffffff')],
    ['indefinite length', fromHex('3080')],
    ['a first field of 2 MiB', encodeSequence(encode(0x06, new Uint8Array(2 ** 21).fill(1)))],
    [
      'content in pieces',
      encodeSequence(
        encodeObjectIdentifier(oid.gmSignedData),
        encode(
          contextTag(0),
          encodeSequence(
            fromHex('020101'),
            encodeSetOf(),
            encodeSequence(
              encodeObjectIdentifier(oid.gmData),
              encode(contextTag(0), encode(0x24, encodeOctetString(content))),
            ),
            encodeSetOf(),
          ),
        ),
      ),
    ],
    [
      'half a million signers',
      encodeSequence(
        encodeObjectIdentifier(oid.gmSignedData),
        encode(
          contextTag(0),
          encodeSequence(
            fromHex('020101'),
            encodeSetOf(),
            encodeSequence(encodeObjectIdentifier(oid.gmData)),
            encode(
              0x31,
              new Uint8Array(1_000_000).map((_, index) => (index % 2 === 0 ? 0x30 : 0)),
            ),
          ),
        ),
      ),
    ],
  ])('malformed: %s', async (_, message) => {
    expect(await verify(message)).toEqual(refused('malformed'));
  });

  it('malformed, unread, when it claims to be larger than its source', async () => {
    const claim = concatBytes(encodeHeader(0x30, 2 ** 40), attached);
    expect(await verify(claim)).toEqual(refused('malformed'));
  });

  it('contentMissing when it is detached and no content is given', async () => {
    expect(await verify(create('detached', true))).toEqual(refused('contentMissing'));
  });

  it('contentMismatch when the content given differs from the one inside', async () => {
    expect(await verify(attached, utf8('x'))).toEqual(refused('contentMismatch'));
    const twin = content.with(content.length - 1, 0);
    expect(await verify(attached, twin)).toEqual(refused('contentMismatch'));
  });

  it('digestMismatch, signatureInvalid over another content', async () => {
    expect(await verify(create('detached', true), utf8('x'))).toEqual(refused('digestMismatch'));
    expect(await verify(create('detached', false), utf8('x'))).toEqual(refused('signatureInvalid'));
  });

  it('ambiguousContent when signed attributes are passed off as content', async () => {
    const attributes = encodeSignedAttributes({
      contentType: oid.gmData,
      messageDigest: sm3(content),
      signingTime,
    });
    expect(await verify(create('attached', false, attributes))).toEqual(refused('ambiguousContent'));
    expect(await verify(create('detached', false, attributes), attributes)).toEqual(
      refused('ambiguousContent'),
    );
  });

  it('with what its source rejects with', async () => {
    const source = memorySource(attached);
    const broken = { ...source, read: () => Promise.reject(new Error('file changed')) };
    await expect(verifySignedDataStream(broken)).rejects.toThrow('file changed');
    const short = { size: content.length + 1, read: source.read };
    const detached = memorySource(create('detached', true));
    const ending = { ...short, size: attached.length + 1 };
    await expect(verifySignedDataStream(detached, { content: ending })).rejects.toThrow('ended early');
  });
});

describe('a SignedData of any size verifies', () => {
  test.each([
    ['attached, with attributes', attached, undefined, content],
    ['attached, without', plain, undefined, content],
    ['attached, beside the same content', attached, content, content],
    ['detached, with attributes', create('detached', true), content, undefined],
    ['detached, without', create('detached', false), content, undefined],
    ['empty', create('attached', true, new Uint8Array()), undefined, new Uint8Array()],
  ])('%s', async (_, message, given, carried) => {
    const result = await verify(message, given);
    expect(result).toMatchObject({
      ok: true,
      signers: [{ certificate: { raw: signer.certificate } }],
      certificates: [{ raw: signer.certificate }, { raw: intermediate.certificate }],
    });
    const place = result.ok ? result.attached : undefined;
    expect(place && message.subarray(place.offset, place.offset + place.length)).toEqual(carried);
  });

  it('of many MiB, attached between the halves of a frame, in chunks and by node’s own SM3', async () => {
    const huge = countingSource(5 * 2 ** 20 + 3);
    const hash = createHash('sm3');
    for (let offset = 0; offset < huge.size; offset += 2 ** 18) hash.update(await huge.read(offset, 2 ** 18));
    const { certificate } = signer;
    const toBeSigned = createToBeSignedAttributes({
      contentDigest: hash.digest(),
      signingTime,
      certificate,
      flavour: 'gm',
    });
    const signature = signSm2(signer.privateKey, toBeSigned);
    const { before, after } = assembleSignedData({
      toBeSigned,
      signature,
      certificate,
      flavour: 'gm',
      attached: { size: huge.size },
    });
    const message = joinSources(memorySource(before), huge, memorySource(after));
    const result = await verifySignedDataStream(message, { createHash: () => createHash('sm3') });
    expect(result).toMatchObject({
      ok: true,
      attached: { offset: before.length, length: huge.size },
      signers: [{ signingTime }],
    });
    expect(huge.longest()).toBeLessThanOrEqual(2 ** 20);
  });

  it('of two signers, one of whom signed attributes', async () => {
    const second = issueSubscriber(intermediate);
    const other = createSignedData({ content, form: 'detached', signer: second });
    const fields = (der: Uint8Array) => parseDer(der).children[1]?.children[0]?.children ?? [];
    const infos = [create('detached', true), other].map((der) => fields(der).at(-1)?.children[0]?.raw ?? der);
    const both = encodeSequence(
      encodeObjectIdentifier(oid.gmSignedData),
      encode(
        contextTag(0),
        encodeSequence(
          ...fields(other)
            .slice(0, 3)
            .map(({ raw }) => raw),
          encode(contextTag(0), signer.certificate, second.certificate),
          encodeSetOf(...infos),
        ),
      ),
    );
    const result = await verify(both, content);
    expect(result.ok && result.signers.length).toBe(2);
    expect(await verify(both, utf8('x'))).toMatchObject({ ok: false });
  });

  const sample = projectPath('../shared/data/cfca-signed-attached.der');
  it.skipIf(!existsSync(sample))('when CFCA’s own tool made it, and not with one byte flipped', async () => {
    const message = new Uint8Array(await readFile(sample));
    expect(await verify(message)).toMatchObject({ ok: true, attached: { offset: 61, length: 19 } });
    for (const index of [61, 79, message.length - 1, message.length - 40]) {
      const altered = message.with(index, (message[index] ?? 0) ^ 1);
      expect(await verify(altered), `byte ${index}`).toEqual(refused('signatureInvalid'));
    }
  });
});
