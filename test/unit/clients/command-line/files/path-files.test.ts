import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import type { PathFiles } from '../../../../../src/clients/command-line/files/path-files.ts';
import { calm, openDesk, type Desk } from './desk.ts';

const sm3 = (bytes: Uint8Array | string) => createHash('sm3').update(bytes).digest('hex');
const partPattern = /^\.out\.ca-bridge-\d+-[0-9a-f]{8}[\w-]{16}\.part$/;

/** An output of either kind that is finished. */
const kinds: readonly [string, (files: PathFiles, bytes: Uint8Array) => Promise<{ file: string }>][] = [
  [
    'grows',
    async (files, bytes) => {
      const output = await files.createOutput('out');
      await output.write(bytes);
      return output.finish();
    },
  ],
  [
    'is written at positions',
    async (files, bytes) => {
      const output = await files.createPositioned('out', bytes.length);
      await output.lend(async (descriptor) => {
        writeSync(descriptor, bytes, 0, bytes.length, 0);
      });
      output.advance(bytes.length);
      return output.finish();
    },
  ],
];

describe('an input that changes is told, whenever it is read', () => {
  test.each<[string, (desk: Desk) => Promise<void>]>([
    ['longer', ({ path }) => appendFile(path('in'), 'x')],
    ['shorter', ({ path }) => truncate(path('in'), 2_000_000)],
    ['as long as it was', ({ path }) => writeFile(path('in'), Buffer.alloc(3_000_000, 1), { flag: 'r+' })],
  ])('%s', async (_, change) => {
    const desk = await openDesk();
    const files = desk.files();
    const path = await desk.put('in', Buffer.alloc(3_000_000));
    // A file system's clock may be coarse.
    await utimes(path, 1, 1);
    const file = await files.add(path);
    const source = files.source(file);
    await source.read(0, 10);
    await change(desk);
    await expect(files.digest(file, calm)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  it('in the middle of its digest', async () => {
    const desk = await openDesk();
    const files = desk.files();
    const file = await files.add(await desk.put('in', Buffer.alloc(3_000_000)));
    const progress = () => appendFileSync(desk.path('in'), 'x');
    await expect(files.digest(file, { ...calm, progress })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });
});

describe('an input', () => {
  it('is described once it is digested', async () => {
    const desk = await openDesk();
    const files = desk.files();
    const file = await files.add(await desk.put('标书.zip', 'text'));
    expect(() => files.describe(file)).toThrow('FILE_INCOMPLETE');
    await files.digest(file, calm);
    expect(files.describe(file)).toEqual({ file, name: '标书.zip', size: 4, sm3: sm3('text') });
  });

  it('is no longer digested after an interruption', async () => {
    const desk = await openDesk();
    const files = desk.files();
    const file = await files.add(await desk.put('in', Buffer.alloc(3_000_000)));
    const controller = new AbortController();
    const job = { signal: controller.signal, progress: () => controller.abort() };
    await expect(files.digest(file, job)).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  });

  it('is never published, and never removed', async () => {
    const desk = await openDesk();
    const files = desk.files();
    const file = await files.add(await desk.put('in', 'text'));
    await files.digest(file, calm);
    await expect(files.publish(file)).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
    await files.drop(file);
    expect(() => files.source(file)).toThrow('FILE_UNKNOWN');
    expect(await readFile(desk.path('in'), 'utf8')).toBe('text');
  });
});

describe.each(kinds)('an output that %s', (_, make) => {
  test.each([0, 1, 262_144, 5_000_001])('of %i bytes is published whole', async (size) => {
    const desk = await openDesk();
    const files = desk.files();
    const bytes = randomBytes(size);
    const { file } = await make(files, bytes);
    expect(files.describe(file)).toEqual({ file, name: 'out', size, sm3: sm3(bytes) });
    expect(await files.publish(file)).toEqual({ path: desk.path('out'), by: 'link' });
    expect(await desk.names()).toEqual(['out']);
    expect((await readFile(desk.path('out'))).equals(bytes)).toBe(true);
    expect((await stat(desk.path('out'))).mode & 0o777).toBe(0o600);
  });

  it('lies hidden beside its place, for this user alone, until then', async () => {
    const desk = await openDesk();
    await make(desk.files(), randomBytes(10));
    const [name = '', ...others] = await desk.names();
    expect(name).toMatch(partPattern);
    expect(others).toEqual([]);
    expect((await stat(desk.path(name))).mode & 0o777).toBe(0o600);
  });

  it('is gone when the store is closed', async () => {
    const desk = await openDesk();
    const files = desk.files();
    await make(files, randomBytes(10));
    await files.close();
    expect(await desk.names()).toEqual([]);
  });

  it('does not take a name that somebody took meanwhile, and is gone then', async () => {
    const desk = await openDesk();
    const files = desk.files();
    const { file } = await make(files, randomBytes(10));
    await desk.put('out', 'theirs');
    await expect(files.publish(file)).rejects.toMatchObject({ problem: 'outputExists' });
    expect(await desk.names()).toEqual(['out']);
    expect(await readFile(desk.path('out'), 'utf8')).toBe('theirs');
  });

  it('is not begun where its name is taken', async () => {
    const desk = await openDesk();
    await symlink('nowhere', desk.path('out'));
    await expect(make(desk.files(), randomBytes(10))).rejects.toMatchObject({ problem: 'outputExists' });
    expect(await desk.names()).toEqual(['out']);
  });

  it('is not begun where its folder is missing, or a file', async () => {
    const desk = await openDesk();
    const files = desk.files();
    await rm(desk.folder, { recursive: true });
    await expect(make(files, randomBytes(10))).rejects.toMatchObject({ problem: 'outputFolderMissing' });
    await writeFile(desk.folder, 'x');
    await expect(make(files, randomBytes(10))).rejects.toMatchObject({ problem: 'outputFolderMissing' });
  });
});

it('an output that is abandoned is gone, also while somebody has its descriptor', async () => {
  const desk = await openDesk();
  const output = await desk.files().createPositioned('out', 100);
  const lent = output.lend(
    (_, gone) => new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve())),
  );
  await output.abandon();
  await lent;
  expect(await desk.names()).toEqual([]);
});

it('an output that no disk has room for is not begun', async () => {
  const desk = await openDesk();
  await expect(desk.files().createPositioned('out', 2 ** 52)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(await desk.names()).toEqual([]);
});

it('a name that is too long is told', async () => {
  const desk = await openDesk();
  await mkdir(desk.path('folder'));
  await expect(desk.files().createOutput('x'.repeat(256))).rejects.toMatchObject({
    problem: 'outputNameUnusable',
  });
});
