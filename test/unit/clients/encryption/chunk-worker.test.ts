import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { fstatSync, openSync, readSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import type { ChunkThreadData } from '../../../../src/clients/encryption/threads/chunk-messages.ts';
import { ShortFileError } from '../../../../src/clients/encryption/threads/whole-io.ts';
import { createChunkWorker } from '../../../../src/clients/encryption/threads/chunk-worker.ts';
import { bidGeometry } from '../../../../src/bid/bid-geometry.ts';
import { compileKernel } from '../../../../src/kernel/compile-kernel.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

const gibibyte = 2 ** 30;
const chunkSize = 262_144;
const mac = 32;

let kernel: ChunkThreadData['kernel'];
beforeAll(() => (kernel = compileKernel()));

/** Empty files, and a job over them as large as a header says. */
async function workshop(plainSize: number) {
  const folder = await createTemporaryFolder();
  onTestFinished(() => folder.remove());
  const open = (name: string) => {
    const descriptor = openSync(join(folder.path, name), 'w+');
    onTestFinished(() => closeSync(descriptor));
    return descriptor;
  };
  const header = {
    headerLength: 500,
    chunkSize,
    plainSize,
    nonce: randomBytes(8),
    digest: createHash('sm3').update('header').digest(),
  };
  const job = {
    kernel,
    contentKey: new Uint8Array(randomBytes(48)),
    header,
    encrypted: open('encrypted'),
    plain: open('plain'),
  };
  return { job, header, geometry: bidGeometry(header), open };
}

function read(descriptor: number, length: number, position: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(descriptor, bytes, 0, length, position);
  return bytes;
}

/** Ciphertext ‖ mac of a chunk as node:crypto makes it. */
function expected({ contentKey, header }: ChunkThreadData, index: number, flag: number, plain: Uint8Array) {
  const counter = Buffer.alloc(16);
  counter.set(header.nonce);
  counter.writeBigUInt64BE((BigInt(index) * BigInt(chunkSize)) / 16n, 8);
  const text = createCipheriv('sm4-ctr', contentKey.subarray(0, 16), counter).update(plain);
  const prefix = Buffer.alloc(64);
  prefix.set(header.digest);
  prefix.writeBigUInt64BE(BigInt(index), 32);
  prefix.writeUInt8(flag, 40);
  const value = createHmac('sm3', contentKey.subarray(16)).update(prefix).update(text).digest();
  return Buffer.concat([text, value]);
}

describe('chunks beyond four gibibytes, in files with holes', () => {
  const plainSize = 5 * gibibyte + 100;
  const border = (4 * gibibyte) / chunkSize;
  const last = (5 * gibibyte) / chunkSize;

  test.each([
    [border - 1, 2, 0],
    [last, 1, 1],
  ])('chunk %i and the next are where they belong', async (first, count, flag) => {
    const { job, geometry } = await workshop(plainSize);
    const parts = Array.from({ length: count }, (_, index) =>
      randomBytes(geometry.chunk(first + index).length),
    );
    for (const [index, part] of parts.entries())
      writeSync(job.plain, part, 0, part.length, (first + index) * chunkSize);
    const worker = createChunkWorker(job);
    expect(worker.run({ kind: 'encrypt', first, count })).toBeUndefined();
    for (const [index, part] of parts.entries()) {
      const { offset, length } = geometry.chunk(first + index);
      const found = read(job.encrypted, length + mac, offset);
      expect(found.equals(expected(job, first + index, flag, part))).toBe(true);
    }
    expect(worker.run({ kind: 'check', first, count })).toBeUndefined();
  });

  it('and are decrypted to where they belong', async () => {
    const { job, geometry, open } = await workshop(plainSize);
    const part = randomBytes(100);
    const { offset } = geometry.chunk(last);
    const sealed = expected(job, last, 1, part);
    writeSync(job.encrypted, sealed, 0, sealed.length, offset);
    const plain = open('output');
    createChunkWorker({ ...job, plain }).run({ kind: 'open', first: last, count: 1 });
    expect(fstatSync(plain).size).toBe(plainSize);
    expect(read(plain, 100, 5 * gibibyte).equals(part)).toBe(true);
  });
});

describe('a step with a damaged chunk', () => {
  test.each([0, 1, 2, 3])('has nothing of it written, and says which one it is (%i)', async (damaged) => {
    const { job, geometry, open } = await workshop(4 * chunkSize);
    const bytes = randomBytes(4 * chunkSize);
    writeSync(job.plain, bytes);
    const worker = createChunkWorker(job);
    worker.run({ kind: 'encrypt', first: 0, count: 4 });
    const { offset } = geometry.chunk(damaged);
    const byte = read(job.encrypted, 1, offset + 5);
    writeSync(job.encrypted, Buffer.of(byte.readUInt8() ^ 4), 0, 1, offset + 5);
    const plain = open('output');
    for (const kind of ['check', 'open'] as const) {
      expect(createChunkWorker({ ...job, plain }).run({ kind, first: 0, count: 4 })).toBe(damaged);
    }
    expect(fstatSync(plain).size).toBe(0);
  });
});

it('both kinds of cipher write the same', async () => {
  const { job } = await workshop(chunkSize + 77);
  writeSync(job.plain, randomBytes(chunkSize + 77));
  const results = [kernel, undefined].map((one) => {
    createChunkWorker({ ...job, kernel: one }).run({ kind: 'encrypt', first: 0, count: 2 });
    return read(job.encrypted, chunkSize + 77 + 2 * mac, 532);
  });
  expect(results[0]?.equals(results[1] ?? Buffer.alloc(0))).toBe(true);
});

it('a file that ends before its header says so is short', async () => {
  const { job } = await workshop(100);
  writeSync(job.plain, Buffer.alloc(99));
  const worker = createChunkWorker(job);
  expect(() => worker.run({ kind: 'encrypt', first: 0, count: 1 })).toThrow(ShortFileError);
});

it('a worker that was wiped does nothing any more', async () => {
  const { job } = await workshop(1);
  writeSync(job.plain, Buffer.of(1));
  const worker = createChunkWorker(job);
  worker.wipe();
  expect(() => worker.run({ kind: 'encrypt', first: 0, count: 1 })).toThrow('no keys');
});
