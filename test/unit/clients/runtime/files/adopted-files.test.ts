import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import {
  appendFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { createTemporaryFolder } from '../../../../support/temporary-folder.ts';
import { createStore, orphan } from './client-store.ts';

const megabyte = 2 ** 20;
const source = 'ab'.repeat(32);
const text = Buffer.from('投标文件');
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

async function createParent(): Promise<string> {
  const temporary = await createTemporaryFolder();
  onTestFinished(() => temporary.remove());
  return temporary.path;
}

/** What a process with one complete file, one in transfer, and one that is made of `source` left when it was killed. */
async function killedProcess() {
  const written = 12 * megabyte;
  const parent = await createParent();
  const { files, folder, send } = await createStore({ resumable: true }, parent);
  const complete = await send(text, 'bid.pdf');
  const incomplete = await files.create('b.pdf', 8, () => undefined);
  await files.incoming(incomplete)?.writeChunk(0, Buffer.from('half'));
  const size = 20 * megabyte;
  const output = await files.createPositioned('c.pdf', size, { resume: source });
  await output.lend(async (descriptor) => {
    writeSync(descriptor, Buffer.alloc(written, 'c'), 0, written, 0);
  });
  output.advance(written);
  const path = await folder.path();
  await expect.poll(() => readProgressOf(path)).toContain(`\n${written}\n`);
  const token = folder.token();
  const left = await orphan(path, token);
  return { parent, left, token, complete, incomplete, size };
}

async function readProgressOf(folder: string): Promise<string> {
  const name = (await readdir(folder)).find((one) => one.endsWith('.progress'));
  return readFile(join(folder, name ?? ''), 'utf8');
}

async function adopting({ parent, token }: { parent: string; token: string }) {
  const store = await createStore({ resumable: true }, parent);
  return { ...store, adopted: await store.files.adopt(token) };
}

describe('a complete file of a killed process', () => {
  it('is this one’s, under its id, and can be read', async () => {
    const killed = await killedProcess();
    const { files, adopted, listing } = await adopting(killed);
    expect(adopted).toEqual([
      { file: killed.complete.file, name: 'bid.pdf', size: text.length, sm3: sm3(text) },
    ]);
    expect(files.describe(killed.complete.file)).toEqual(adopted[0]);
    expect(Buffer.from(await files.source(killed.complete.file).read(0, 99)).equals(text)).toBe(true);
    await files.drop(killed.complete.file);
    expect((await listing()).filter((name) => name.startsWith(killed.complete.file))).toEqual([]);
  });

  it('is taken over again from a process that had taken it over', async () => {
    const killed = await killedProcess();
    const second = await adopting(killed);
    const left = await orphan(await second.folder.path(), second.folder.token());
    expect(left).toContain(killed.token);
    const third = await adopting(killed);
    expect(third.adopted).toEqual(second.adopted);
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ['is longer', (path) => appendFile(path, 'x')],
    ['was written to', (path) => writeFile(path, Buffer.from('投标文书'))],
    ['has another time', (path) => utimes(path, 1, 1)],
    ['is a link', (path) => rename(path, `${path}.old`).then(() => symlink(`${path}.old`, path))],
    ['has a second name', (path) => link(path, `${path}.other`)],
    ['has no journal', (path) => rm(`${path}.journal`)],
    ['has a journal that is cut off', (path) => writeFile(`${path}.journal`, '{"name":"bid.pdf"')],
    ['has a journal that says too much', (path) => addToJournal(path)],
    ['has an endless journal', (path) => appendFile(`${path}.journal`, ' '.repeat(5_000))],
  ])('that %s is removed', async (_, spoil) => {
    const killed = await killedProcess();
    await spoil(join(killed.left, killed.complete.file));
    const { files, adopted, listing } = await adopting(killed);
    expect(adopted).toEqual([]);
    expect(() => files.describe(killed.complete.file)).toThrow('FILE_UNKNOWN');
    expect((await listing()).filter((name) => name.startsWith(killed.complete.file))).toEqual([]);
  });

  async function addToJournal(path: string): Promise<void> {
    const journal: object = JSON.parse(await readFile(`${path}.journal`, 'utf8'));
    await writeFile(`${path}.journal`, JSON.stringify({ ...journal, path: '/etc/passwd' }));
  }
});

describe('an unfinished output of a killed process', () => {
  it('is gone on with by whoever makes it of the same', async () => {
    const killed = await killedProcess();
    const { files } = await adopting(killed);
    const output = await files.createPositioned('c.pdf', killed.size, { resume: source });
    expect(output.taken).toBe(12 * megabyte);
    await output.lend(async (descriptor) => {
      writeSync(descriptor, Buffer.alloc(8 * megabyte, 'd'), 0, 8 * megabyte, 12 * megabyte);
    });
    output.advance(killed.size);
    const whole = Buffer.concat([Buffer.alloc(12 * megabyte, 'c'), Buffer.alloc(8 * megabyte, 'd')]);
    expect(await output.finish()).toMatchObject({ size: killed.size, sm3: sm3(whole) });
  });

  it('keeps its journal when it is left once more, whatever its last line was', async () => {
    const killed = await killedProcess();
    const name = (await readdir(killed.left)).find((one) => one.endsWith('.progress')) ?? '';
    await appendFile(join(killed.left, name), '1677');
    const second = await adopting(killed);
    await second.files.createPositioned('c.pdf', killed.size, { resume: source });
    await orphan(await second.folder.path(), killed.token);
    const third = await adopting(killed);
    const output = await third.files.createPositioned('c.pdf', killed.size, { resume: source });
    expect(output.taken).toBe(12 * megabyte);
  });

  test.each([
    ['of something else', 'cd'.repeat(32), 20 * megabyte],
    ['of another size', source, 20 * megabyte + 1],
  ])('is not taken for one %s', async (_, other, size) => {
    const { files } = await adopting(await killedProcess());
    expect((await files.createPositioned('c.pdf', size, { resume: other })).taken).toBe(0);
  });

  it('is gone on with once', async () => {
    const killed = await killedProcess();
    const { files } = await adopting(killed);
    await files.createPositioned('c.pdf', killed.size, { resume: source });
    expect((await files.createPositioned('c.pdf', killed.size, { resume: source })).taken).toBe(0);
  });

  test.each([
    ['says more than the file has', `{"source":"${source}","size":${20 * megabyte}}\n99999999999\n`],
    ['says no number', `{"source":"${source}","size":${20 * megabyte}}\nmany\n`],
    ['is no journal', 'MZ'],
    ['is of another size', `{"source":"${source}","size":5}\n5\n`],
    ['is empty', ''],
  ])('whose journal %s is removed', async (_, journal) => {
    const killed = await killedProcess();
    const name = (await readdir(killed.left)).find((one) => one.endsWith('.progress')) ?? '';
    await writeFile(join(killed.left, name), journal);
    const { files, listing } = await adopting(killed);
    expect(await listing()).toEqual([killed.complete.file, `${killed.complete.file}.journal`]);
    expect((await files.createPositioned('c.pdf', killed.size, { resume: source })).taken).toBe(0);
  });
});

describe('what is left otherwise', () => {
  it('is removed: half a transfer, and what nobody knows', async () => {
    const killed = await killedProcess();
    await writeFile(join(killed.left, 'precious'), 'x');
    await symlink('/etc', join(killed.left, 'etc'));
    const { listing } = await adopting(killed);
    const names = await listing();
    expect(names.filter((name) => name.startsWith(killed.incomplete))).toEqual([]);
    expect(names).toHaveLength(4);
    expect(await stat('/etc')).toBeDefined();
  });

  it('is nothing where no process left anything', async () => {
    const { files, folder } = await createStore({ resumable: true });
    const before = folder.token();
    expect(await files.adopt('A'.repeat(22))).toEqual([]);
    expect(folder.token()).toBe(before);
  });

  it('is nothing of a store that keeps no journals', async () => {
    const parent = await createParent();
    const { folder, send } = await createStore({}, parent);
    await send(text);
    await orphan(await folder.path(), folder.token());
    const { adopted, listing } = await adopting({ parent, token: folder.token() });
    expect([adopted, await listing()]).toEqual([[], []]);
  });
});

it('a file whose journal cannot be written is complete all the same, and nothing is left of the journal', async () => {
  const { files, folder, send, listing } = await createStore({ resumable: true });
  const file = await files.create('bid.pdf', 0, () => undefined);
  await mkdir(join(await folder.path(), `${file}.journal`));
  expect(await files.complete(file)).toMatchObject({ file, size: 0 });
  expect(await listing()).toEqual([file, `${file}.journal`]);
  expect((await send(text)).size).toBe(text.length);
});

it('a journal beside a file says nothing of a key, and nobody else can read it', async () => {
  const { folder, send } = await createStore({ resumable: true });
  const { file } = await send(text);
  const path = join(await folder.path(), `${file}.journal`);
  expect(Object.keys(JSON.parse(await readFile(path, 'utf8')) as object)).toEqual([
    'name',
    'size',
    'sm3',
    'changed',
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
