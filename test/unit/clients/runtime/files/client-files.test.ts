import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { sizeLimits } from '../../../../../src/protocol/limits.ts';
import { createStore } from './client-store.ts';

const nothing = () => undefined;
const code = (name: string) => expect.objectContaining({ code: name });
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

describe('the bytes of a file', () => {
  it.each([0, 1, 70_000, 17 * 1_048_576])('are %i, with their SM3 digest', async (size) => {
    const { files, send } = await createStore();
    const bytes = Buffer.alloc(size, 'CA Bridge ');
    const stored = await send(bytes);
    expect(stored).toEqual({ file: stored.file, name: 'bid.pdf', size, sm3: sm3(bytes) });
    const source = files.source(stored.file);
    expect(source.size).toBe(size);
    expect(Buffer.from(await source.read(0, size)).equals(bytes)).toBe(true);
  });

  it('have the digest that openssl computes', async () => {
    const { send } = await createStore();
    const { sm3: digest } = await send(Buffer.from('abc'));
    expect(execFileSync('openssl', ['dgst', '-sm3', '-r'], { input: 'abc' }).toString()).toContain(digest);
  });

  it('are read anywhere, and fewer only at the end', async () => {
    const { files, send } = await createStore();
    const source = files.source((await send(Buffer.from('0123456789'))).file);
    expect(Buffer.from(await source.read(3, 4)).toString()).toBe('3456');
    expect(Buffer.from(await source.read(8, 4)).toString()).toBe('89');
    expect((await source.read(10, 4)).length).toBe(0);
    expect((await source.read(99, 4)).length).toBe(0);
  });

  it('lie in files and a folder that nobody else may read', async () => {
    const { folder, send, listing } = await createStore();
    await send(Buffer.from('secret'));
    expect((await stat(await folder.path())).mode & 0o777).toBe(0o700);
    const [name = ''] = await listing();
    expect((await stat(join(await folder.path(), name))).mode & 0o777).toBe(0o600);
  });

  it('lie under a name that has nothing to do with that of the file', async () => {
    const { send, listing } = await createStore();
    const { file } = await send(Buffer.from('x'), '../../../etc/passwd');
    expect(await listing()).toEqual([file]);
  });
});

describe('a file that somebody wrote to', () => {
  test.each([
    ['longer', (path: string) => writeFile(path, 'more', { flag: 'a' })],
    ['shorter', (path: string) => writeFile(path, 'x')],
    ['of the same size', (path: string) => writeFile(path, '9876543210')],
    ['of another time', (path: string) => utimes(path, 1, 1)],
  ])('(%s) is not read', async (_, change) => {
    const { files, folder, send } = await createStore();
    const { file } = await send(Buffer.from('0123456789'));
    const source = files.source(file);
    const path = join(await folder.path(), file);
    // Both in the same tick of the file system's clock would be the same time.
    await utimes(path, 5, 5);
    await change(path);
    await expect(source.read(0, 10)).rejects.toThrow(code('FILE_CHANGED'));
  });
});

describe('a chunk', () => {
  async function receiving(size = 10) {
    const store = await createStore();
    const file = await store.files.create('a', size, nothing);
    const incoming = store.files.incoming(file);
    if (incoming === undefined) throw new Error('no incoming file');
    return { ...store, file, incoming };
  }
  const four = Buffer.from('0123');

  test.each([
    ['that leaves a gap', 5],
    ['that overlaps', 3],
    ['that repeats', 0],
    ['beyond the size announced', 7],
    ['before the file', -1],
  ])('%s is refused, and the right one still taken', async (_, offset) => {
    const { incoming, files, file } = await receiving();
    await incoming.writeChunk(0, four);
    await expect(incoming.writeChunk(offset, four)).rejects.toMatchObject({ reason: 'offset' });
    expect(await incoming.writeChunk(4, Buffer.from('456789'))).toBe(10);
    expect(await files.complete(file)).toMatchObject({ size: 10, sm3: sm3(Buffer.from('0123456789')) });
  });

  it('beyond the credit is refused, and nothing else is lost', async () => {
    const { incoming, files, file } = await receiving(9);
    const bytes = Buffer.from('x');
    const writes = Array.from({ length: 9 }, (_, offset) => incoming.writeChunk(offset, bytes));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(8).fill('fulfilled'), 'rejected']);
    expect(outcomes[8]).toMatchObject({ reason: { reason: 'credit' } });
    await incoming.writeChunk(8, bytes);
    expect(await files.complete(file)).toMatchObject({ size: 9 });
  });

  it('after the end is refused', async () => {
    const { incoming, files, file } = await receiving(4);
    await incoming.writeChunk(0, four);
    await files.complete(file);
    await expect(incoming.writeChunk(4, four)).rejects.toMatchObject({ reason: 'offset' });
  });

  it('is waited for when the file is completed', async () => {
    const { incoming, files, file } = await receiving(4);
    const write = incoming.writeChunk(0, four);
    expect(await files.complete(file)).toMatchObject({ size: 4, sm3: sm3(four) });
    await write;
  });

  it('that is missing keeps the file incomplete, and may still come', async () => {
    const { incoming, files, file } = await receiving(8);
    await incoming.writeChunk(0, four);
    await expect(files.complete(file)).rejects.toThrow(code('FILE_INCOMPLETE'));
    expect(() => files.source(file)).toThrow(code('FILE_INCOMPLETE'));
    await incoming.writeChunk(4, four);
    expect(await files.complete(file)).toMatchObject({ size: 8 });
  });

  it('of a dropped file is an unknown file, even when it is on its way', async () => {
    const { incoming, files, file } = await receiving(4);
    await files.drop(file);
    await expect(incoming.writeChunk(0, four)).rejects.toMatchObject({ code: 'EBADF' });
    expect(() => files.incoming(file)).toThrow(code('FILE_UNKNOWN'));
  });
});

describe('a body of the lane', () => {
  async function* body(...parts: (string | Error)[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield Buffer.from(part);
    }
  }
  async function receiving() {
    const { files } = await createStore();
    const file = await files.create('a', 6, nothing);
    const incoming = files.incoming(file);
    if (incoming === undefined) throw new Error('no incoming file');
    return { files, file, incoming };
  }

  it('is the file', async () => {
    const { files, file, incoming } = await receiving();
    await incoming.receive(body('abc', 'def'));
    expect(await files.complete(file)).toMatchObject({ size: 6, sm3: sm3(Buffer.from('abcdef')) });
  });

  test.each([
    ['too short', ['abc'], 'FILE_INCOMPLETE'],
    ['too long', ['abcdef', 'g'], 'FILE_TOO_LARGE'],
    ['broken off', ['abc', new Error('gone')], 'gone'],
  ])('that is %s leaves an empty file, which chunks can fill', async (_, parts, expected) => {
    const { files, file, incoming } = await receiving();
    await expect(incoming.receive(body(...parts))).rejects.toThrow(expected);
    await expect(files.complete(file)).rejects.toThrow(code('FILE_INCOMPLETE'));
    await incoming.writeChunk(0, Buffer.from('012345'));
    expect(await files.complete(file)).toMatchObject({ size: 6, sm3: sm3(Buffer.from('012345')) });
  });

  it('is refused once there was a chunk', async () => {
    const { incoming } = await receiving();
    await incoming.writeChunk(0, Buffer.from('0'));
    await expect(incoming.receive(body('abcdef'))).rejects.toMatchObject({ reason: 'offset' });
  });

  it('keeps chunks and completion out while it runs', async () => {
    const { files, file, incoming } = await receiving();
    let go: () => void = () => undefined;
    const waiting = (async function* () {
      yield Buffer.from('abc');
      await new Promise<void>((resolve) => (go = resolve));
      yield Buffer.from('def');
    })();
    const received = incoming.receive(waiting);
    await expect(incoming.writeChunk(0, Buffer.from('x'))).rejects.toMatchObject({ reason: 'offset' });
    await expect(files.complete(file)).rejects.toThrow(code('FILE_INCOMPLETE'));
    await expect.poll(() => (go(), received.then(() => true))).toBe(true);
    expect(await files.complete(file)).toMatchObject({ size: 6 });
  });
});

describe('an output', () => {
  it('is a file once it is finished, under no name before', async () => {
    const { files, listing } = await createStore();
    const output = await files.createOutput('sealed.pdf');
    await output.write(Buffer.from('seal'));
    expect((await listing())[0]).toMatch(/\.part$/);
    await output.write(Buffer.from('ed'));
    const stored = await output.finish();
    expect(stored).toMatchObject({ name: 'sealed.pdf', size: 6, sm3: sm3(Buffer.from('sealed')) });
    expect(await listing()).toEqual([stored.file]);
  });

  it('that is abandoned leaves nothing and takes nothing', async () => {
    const { files, listing } = await createStore();
    const output = await files.createOutput('a');
    await output.write(Buffer.from('x'));
    await output.abandon();
    expect(await listing()).toEqual([]);
    await expect(output.write(Buffer.from('x'))).rejects.toThrow(code('FILE_UNKNOWN'));
    await expect(output.finish()).rejects.toThrow(code('FILE_UNKNOWN'));
  });

  it('counts against the room for all files', async () => {
    const { files } = await createStore({ maximum: { bytes: 10, files: 9 } });
    const output = await files.createOutput('a');
    await output.write(Buffer.alloc(6));
    await expect(output.write(Buffer.alloc(5))).rejects.toThrow(code('FILE_TOO_LARGE'));
    await output.abandon();
    expect(await files.create('b', 10, nothing)).toMatch(/^[\w-]{22}$/);
  });
});

describe('room', () => {
  it('for more bytes than a client keeps is refused at once', async () => {
    const { files } = await createStore();
    await expect(files.create('a', sizeLimits.clientFilesBytes + 1, nothing)).rejects.toThrow(
      code('FILE_TOO_LARGE'),
    );
  });

  it('for more bytes than the disk has is refused at once, and not taken', async () => {
    const { files, listing } = await createStore({ maximum: { bytes: 2 ** 52, files: 1 } });
    await expect(files.create('a', 2 ** 51, nothing)).rejects.toThrow(code('DISK_FULL'));
    expect(await listing()).toEqual([]);
    await files.create('a', 1, nothing);
  });

  it('for more files than a client keeps is refused until one is dropped', async () => {
    const { files } = await createStore({ maximum: { bytes: 100, files: 1 } });
    const file = await files.create('a', 1, nothing);
    await expect(files.create('b', 1, nothing)).rejects.toThrow(code('CLIENT_BUSY'));
    await expect(files.createOutput('b')).rejects.toThrow(code('CLIENT_BUSY'));
    await files.drop(file);
    await files.create('b', 1, nothing);
  });
});

describe('a disk that fills up', () => {
  const openFile = () => open('/dev/full', 'r+');

  it('fails the chunk with the system’s error, and everything after it', async () => {
    const { files } = await createStore({ openFile });
    const file = await files.create('a', 2, nothing);
    const incoming = files.incoming(file);
    await expect(incoming?.writeChunk(0, Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(incoming?.writeChunk(1, Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(files.complete(file)).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('fails an output', async () => {
    const { files } = await createStore({ openFile });
    const output = await files.createOutput('a');
    await expect(output.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});

describe('what is gone', () => {
  it('is unknown: dropped, never there, or of a closed store', async () => {
    const { files, send } = await createStore();
    const { file } = await send(Buffer.from('x'));
    const source = files.source(file);
    await files.drop(file);
    await files.drop(file);
    expect(() => files.source(file)).toThrow(code('FILE_UNKNOWN'));
    expect(() => files.describe('AAAAAAAAAAAAAAAAAAAAAA')).toThrow(code('FILE_UNKNOWN'));
    await expect(source.read(0, 1)).rejects.toThrow(code('FILE_UNKNOWN'));
  });

  it('takes its bytes along', async () => {
    const { files, send, listing } = await createStore();
    const { file } = await send(Buffer.from('x'));
    await files.drop(file);
    expect(await listing()).toEqual([]);
  });

  it('is everything when the store closes', async () => {
    const { files, folder, send } = await createStore();
    const path = await folder.path();
    await send(Buffer.from('x'));
    await files.createOutput('b');
    await files.close();
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await expect(files.create('c', 1, nothing)).rejects.toThrow('removed');
  });
});
