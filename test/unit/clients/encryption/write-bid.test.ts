import { createHash, randomBytes } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { makeHeader } from '../../../../src/clients/encryption/make-header.ts';
import { sealTrailer } from '../../../../src/clients/encryption/trailer.ts';
import { writeBid, type BidWriting } from '../../../../src/clients/encryption/write-bid.ts';
import { bidGeometry } from '../../../../src/bid/bid-geometry.ts';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { openBid } from '../../../support/bid-reference.ts';
import { createStore } from '../runtime/files/client-store.ts';

const chunk = 262_144;
const never = new AbortController().signal;
const { publicKey: encryptionPublicKey } = generateSm2KeyPair();
const recipient = parseCertificate(
  createAuthority(Date.now).issueEncryption({ organisation: '测试公司', encryptionPublicKey }),
);

type Fault = (descriptor: number, geometry: ReturnType<typeof bidGeometry>) => void;

/** Writes a bid of `plain`; `fault` happens each time that it was brought to the disk, before it is read back. */
async function write(plain: Uint8Array, fault: Fault, wishes: Partial<BidWriting> = {}) {
  const { files, send } = await createStore();
  const { file, sm3 } = await send(plain);
  const contentKey = new Uint8Array(new SharedArrayBuffer(48));
  contentKey.set(randomBytes(48));
  const made = makeHeader([recipient], contentKey, plain.length);
  const facts = { digest: Buffer.from(sm3, 'hex'), plainSize: plain.length, encryptedAt: 0, name: 'bid.zip' };
  const trailer = sealTrailer(made.header, contentKey, facts);
  const geometry = bidGeometry(made.header);
  const output = await files.createPositioned('bid.zip.cabid', geometry.length);
  await files.lend(file, (source) =>
    output.lend((encrypted) =>
      writeBid({
        contentKey,
        made,
        trailer,
        plain: source,
        encrypted,
        output: {
          advance: output.advance,
          async sync() {
            await output.sync();
            fault(encrypted, geometry);
          },
        },
        expectUnchanged: () => files.source(file).read(0, 0),
        signal: never,
        progress: () => undefined,
        ...wishes,
      }),
    ),
  );
  const stored = await output.finish();
  const bytes = Buffer.from(await files.source(stored.file).read(0, stored.size));
  return { bytes, stored, contentKey: new Uint8Array(contentKey) };
}

const flip = (descriptor: number, position: number) => {
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, position);
  writeSync(descriptor, Buffer.of(byte.readUInt8() ^ 1), 0, 1, position);
};

describe('one bit that does not lie on the disk as it was written', () => {
  const plain = randomBytes(9 * chunk + 5);
  test.each<[string, Fault]>([
    ['in the header', (descriptor) => flip(descriptor, 20)],
    ['in the header’s digest', (descriptor, { chunk: at }) => flip(descriptor, at(0).offset - 1)],
    ['in the first chunk', (descriptor, { chunk: at }) => flip(descriptor, at(0).offset)],
    ['in a mac', (descriptor, { chunk: at }) => flip(descriptor, at(6).macOffset + 31)],
    ['in the last chunk', (descriptor, { chunk: at }) => flip(descriptor, at(9).offset + 4)],
    ['in the trailer', (descriptor, { trailer }) => flip(descriptor, trailer.offset + 900)],
    ['at the very end', (descriptor, { length }) => flip(descriptor, length - 1)],
  ])('%s is found when it is read back', async (_, fault) => {
    await expect(write(plain, fault)).rejects.toMatchObject({ code: 'READ_BACK_FAILED' });
  });
});

describe('chunks that the disk mixed up', () => {
  it('are found when they are read back', async () => {
    const swap: Fault = (descriptor, { chunk: at }) => {
      const both = Buffer.alloc(2 * (chunk + 32));
      readSync(descriptor, both, 0, both.length, at(1).offset);
      writeSync(descriptor, both.subarray(chunk + 32), 0, chunk + 32, at(1).offset);
      writeSync(descriptor, both.subarray(0, chunk + 32), 0, chunk + 32, at(2).offset);
    };
    await expect(write(randomBytes(4 * chunk), swap)).rejects.toMatchObject({ code: 'READ_BACK_FAILED' });
  });
});

it('a disk that cannot bring it to rest fails it by its own error', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  const failing: Fault = () => {
    throw full;
  };
  await expect(write(Buffer.from('x'), failing)).rejects.toBe(full);
});

it('more than one region is written and read back, and its digest is that of the file', async () => {
  let syncs = 0;
  const plain = randomBytes(33 * 1_048_576);
  const { bytes, stored, contentKey } = await write(plain, () => (syncs += 1));
  expect(syncs).toBe(2);
  expect(stored.sm3).toBe(createHash('sm3').update(bytes).digest('hex'));
  expect(openBid(bytes, contentKey).plain.equals(plain)).toBe(true);
});
