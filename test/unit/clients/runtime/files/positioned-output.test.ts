import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { createJobFiles } from '../../../../../src/clients/runtime/files/job-files.ts';
import type { PositionedOutput } from '../../../../../src/clients/runtime/files/file-store.ts';
import { createStore } from './client-store.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');
const megabyte = 2 ** 20;

function writeAt(output: PositionedOutput, bytes: Uint8Array, position: number): Promise<void> {
  return output.lend(async (descriptor) => {
    writeSync(descriptor, bytes, 0, bytes.length, position);
  });
}

describe('an output that is written at positions', () => {
  test.each([0, 1, 70_000, 9 * megabyte + 1])('is a file of %i bytes, whatever their order', async (size) => {
    const { files, listing } = await createStore();
    const bytes = Buffer.alloc(size, 'CA Bridge ');
    const output = await files.createPositioned('bid.cabid', size);
    expect((await listing())[0]).toMatch(/\.part$/);
    const half = Math.floor(size / 2);
    await writeAt(output, bytes.subarray(half), half);
    await writeAt(output, bytes.subarray(0, half), 0);
    output.advance(size);
    expect(await output.digest()).toBe(sm3(bytes));
    const stored = await output.finish();
    expect(stored).toEqual({ file: stored.file, name: 'bid.cabid', size, sm3: sm3(bytes) });
    expect(await listing()).toEqual([stored.file]);
    expect(Buffer.from(await files.source(stored.file).read(0, size)).equals(bytes)).toBe(true);
  });

  it('is digested as it is read, not as it was written', async () => {
    const { files, folder, listing } = await createStore();
    const output = await files.createPositioned('a', 5 * megabyte);
    await writeAt(output, Buffer.alloc(5 * megabyte, 1), 0);
    const [name = ''] = await listing();
    const handle = await open(join(await folder.path(), name), 'r+');
    await handle.write(Buffer.of(7), 0, 1, 4 * megabyte);
    await handle.close();
    output.advance(5 * megabyte);
    const altered = Buffer.alloc(5 * megabyte, 1);
    altered[4 * megabyte] = 7;
    expect(await output.digest()).toBe(sm3(altered));
  });

  it('lies in a file that nobody else may read', async () => {
    const { files, folder, listing } = await createStore();
    await files.createPositioned('a', 10);
    const [name = ''] = await listing();
    expect((await stat(join(await folder.path(), name))).mode & 0o777).toBe(0o600);
  });

  it('that is abandoned leaves nothing and takes nothing', async () => {
    const { files, listing } = await createStore({ maximum: { bytes: 10, files: 1 } });
    const output = await files.createPositioned('a', 10);
    await output.abandon();
    expect(await listing()).toEqual([]);
    await expect(writeAt(output, Buffer.of(1), 0)).rejects.toThrow(code('FILE_UNKNOWN'));
    await expect(output.finish()).rejects.toThrow(code('FILE_UNKNOWN'));
    await files.createPositioned('b', 10);
  });

  it('is abandoned only when its descriptor is returned, and says that it is to be', async () => {
    const { files, listing } = await createStore();
    const output = await files.createPositioned('a', 1);
    let end: () => void = () => undefined;
    let isGone = false;
    const loan = output.lend(async (descriptor, gone) => {
      gone.addEventListener('abort', () => (isGone = true));
      await new Promise<void>((resolve) => (end = resolve));
      writeSync(descriptor, 'x', 0);
    });
    const abandoned = output.abandon();
    await expect.poll(() => isGone).toBe(true);
    expect(await listing()).toHaveLength(1);
    end();
    await loan;
    await abandoned;
    expect(await listing()).toEqual([]);
  });

  test.each([
    ['more bytes than a client keeps', { bytes: 9, files: 1 }, 10, 'FILE_TOO_LARGE'],
    ['more bytes than the disk has', { bytes: 2 ** 52, files: 1 }, 2 ** 51, 'DISK_FULL'],
    ['more files than a client keeps', { bytes: 9, files: 0 }, 1, 'CLIENT_BUSY'],
  ])('of %s is refused at once, and nothing is there', async (_, maximum, size, expected) => {
    const { files, listing } = await createStore({ maximum });
    await expect(files.createPositioned('a', size)).rejects.toThrow(code(expected));
    expect(await listing()).toEqual([]);
  });

  it('that the system does not let grow so far leaves nothing', async () => {
    const openFile = () => open('/dev/full', 'r+');
    const { files } = await createStore({ openFile, maximum: { bytes: 10, files: 1 } });
    await expect(files.createPositioned('a', 10)).rejects.toMatchObject({ code: 'EINVAL' });
    await expect(files.createPositioned('a', 10)).rejects.toMatchObject({ code: 'EINVAL' });
  });
});

describe('the descriptor of a complete file', () => {
  it('is lent for reading, and dropping the file waits for it', async () => {
    const { files, send, listing } = await createStore();
    const { file } = await send(Buffer.from('0123456789'));
    let end: () => void = () => undefined;
    const loan = files.lend(file, async (descriptor) => {
      await new Promise<void>((resolve) => (end = resolve));
      return readFile(`/proc/self/fd/${descriptor}`, 'utf8');
    });
    const dropped = files.drop(file);
    await new Promise(setImmediate);
    expect(await listing()).toEqual([file]);
    end();
    expect(await loan).toBe('0123456789');
    await dropped;
    expect(await listing()).toEqual([]);
  });

  it('is none of a file that is incomplete or gone', async () => {
    const { files, send } = await createStore();
    const incomplete = await files.create('a', 1, () => undefined);
    const nothing = () => Promise.resolve();
    await expect(files.lend(incomplete, nothing)).rejects.toThrow(code('FILE_INCOMPLETE'));
    const { file } = await send(Buffer.from('x'));
    await files.drop(file);
    await expect(files.lend(file, nothing)).rejects.toThrow(code('FILE_UNKNOWN'));
  });

  it('tells its borrower’s own failure while the file is there', async () => {
    const { files, send } = await createStore();
    const { file } = await send(Buffer.from('x'));
    const failing = () => Promise.reject(new Error('of its own'));
    await expect(files.lend(file, failing)).rejects.toThrow('of its own');
  });
});

describe('a job’s output that is written at positions', () => {
  it('goes with a job that did not finish it', async () => {
    const { files, listing } = await createStore();
    const job = createJobFiles(files);
    await job.files.createPositioned('a', 5);
    await job.settle(true);
    expect(await listing()).toEqual([]);
    await expect(job.files.createPositioned('b', 5)).rejects.toThrow(code('REQUEST_ABORTED'));
  });

  it.each([true, false])('that was finished stays where the job succeeded (%s)', async (succeeded) => {
    const { files, listing } = await createStore();
    const job = createJobFiles(files);
    const output = await job.files.createPositioned('a', 0);
    const { file } = await output.finish();
    await job.settle(succeeded);
    expect(await listing()).toEqual(succeeded ? [file] : []);
  });
});
