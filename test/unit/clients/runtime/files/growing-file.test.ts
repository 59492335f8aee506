import { createHash } from 'node:crypto';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGrowingFile } from '../../../../../src/clients/runtime/files/growing-file.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../support/temporary-folder.ts';

let folder: TemporaryFolder;
let path: string;
let handle: FileHandle;
beforeEach(async () => {
  folder = await createTemporaryFolder('ca-bridge-growing-');
  path = join(folder.path, 'file');
  handle = await open(path, 'wx+');
});
afterEach(async () => {
  await handle.close();
  await folder.remove();
});

const piece = (number: number, length: number) => Buffer.alloc(length, number);
const sm3Of = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

it('pieces that come while the disk is busy are written in their order', async () => {
  const growing = createGrowingFile(handle);
  const pieces = Array.from({ length: 200 }, (_, number) => piece(number, 1 + ((number * 37) % 501)));
  await Promise.all(pieces.map((bytes) => growing.append(bytes)));
  const whole = Buffer.concat(pieces);
  expect(await growing.seal()).toBe(sm3Of(whole));
  expect((await readFile(path)).equals(whole)).toBe(true);
});

it('a disk that takes less than it is given gets the rest, wherever it stopped', async () => {
  const slow = new Proxy(handle, {
    get: (target, name) =>
      name === 'writev'
        ? async (buffers: Uint8Array[], position: number) => {
            const some = Buffer.concat(buffers).subarray(0, 7);
            await target.write(some, 0, some.length, position);
            return { bytesWritten: some.length, buffers };
          }
        : Reflect.get(target, name),
  });
  const growing = createGrowingFile(slow);
  const pieces = Array.from({ length: 20 }, (_, number) => piece(number, 5 + number));
  await Promise.all(pieces.map((bytes) => growing.append(bytes)));
  const whole = Buffer.concat(pieces);
  expect(await growing.seal()).toBe(sm3Of(whole));
  expect((await readFile(path)).equals(whole)).toBe(true);
});

it('a file that is begun again holds nothing of before', async () => {
  const growing = createGrowingFile(handle);
  void growing.append(piece(1, 100));
  void growing.append(piece(2, 100));
  await growing.restart();
  await growing.append(piece(3, 10));
  expect(await growing.seal()).toBe(sm3Of(piece(3, 10)));
  expect(await readFile(path)).toEqual(piece(3, 10));
});

it('a digest in a thread is that of all pieces', async () => {
  const growing = createGrowingFile(handle, 1_000);
  const pieces = Array.from({ length: 50 }, (_, number) => piece(number, 100_000));
  await Promise.all(pieces.map((bytes) => growing.append(bytes)));
  expect(await growing.seal()).toBe(sm3Of(Buffer.concat(pieces)));
  await growing.release();
});
