import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { publishFile } from '../../../../../src/clients/command-line/files/publish-file.ts';
import { openDesk } from './desk.ts';

/** A file system without links, as FAT says it. */
const noLink: typeof link = () =>
  Promise.reject(Object.assign(new Error('operation not permitted'), { code: 'EPERM' }));

const ways = [
  ['link', link],
  ['exclusiveCreate', noLink],
] as const;

describe.each(ways)('by %s', (by, makeLink) => {
  it('a file gets its name, and its temporary one is gone', async () => {
    const desk = await openDesk();
    const part = await desk.put('part', 'whole');
    expect(await publishFile(part, desk.path('final'), makeLink)).toBe(by);
    expect(await desk.names()).toEqual(['final']);
    expect(await readFile(desk.path('final'), 'utf8')).toBe('whole');
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a file', (path) => writeFile(path, 'theirs')],
    ['an empty file', (path) => writeFile(path, '')],
    ['a folder', (path) => mkdir(path)],
    ['a link to nowhere', (path) => symlink('nowhere', path)],
  ])('%s of that name is left as it is', async (_, make) => {
    const desk = await openDesk();
    const part = await desk.put('part', 'whole');
    await make(desk.path('final'));
    const before = await readdir(desk.folder, { withFileTypes: true });
    await expect(publishFile(part, desk.path('final'), makeLink)).rejects.toMatchObject({
      problem: 'outputExists',
      path: desk.path('final'),
    });
    expect(await readdir(desk.folder, { withFileTypes: true })).toEqual(before);
    expect(await readFile(part, 'utf8')).toBe('whole');
  });

  it('of many at once one gets the name', async () => {
    const desk = await openDesk();
    const parts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => desk.put(`part-${index}`, String(index))),
    );
    const outcomes = await Promise.allSettled(
      parts.map((part) => publishFile(part, desk.path('final'), makeLink)),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
    expect(winners).toEqual([await readFile(desk.path('final'), 'utf8')]);
  });
});

it('without links, nothing keeps the name when the file is gone', async () => {
  const desk = await openDesk();
  await expect(publishFile(desk.path('none'), desk.path('final'), noLink)).rejects.toMatchObject({
    problem: 'outputFolderMissing',
  });
  expect(await desk.names()).toEqual([]);
});
