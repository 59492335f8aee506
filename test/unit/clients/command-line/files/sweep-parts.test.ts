import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { partNameFor } from '../../../../../src/clients/command-line/files/part-names.ts';
import { sweepParts } from '../../../../../src/clients/command-line/files/sweep-parts.ts';
import { openDesk } from './desk.ts';

/** Of a process that ran and is gone. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;
const leftOf = (pid: number, name = 'bid.zip') => partNameFor(name).replace(`-${process.pid}-`, `-${pid}-`);

describe('what is no leftover of ours stays', () => {
  test.each([
    ['of a running process', leftOf(process.pid)],
    ['of a process of somebody else', leftOf(1)],
    ['a name that is not hidden', leftOf(deadPid).slice(1)],
    ['another ending', `${leftOf(deadPid)}.zip`],
    ['another random part', leftOf(deadPid).replace(/.\.part$/, '.part')],
    ['no process', leftOf(deadPid).replace(`-${deadPid}-`, '-0-')],
    ['of another machine', leftOf(deadPid).replace(/-[0-9a-f]{8}([\w-]{16}\.part)$/, '-00000000$1')],
    ['the user’s own file', 'bid.zip'],
  ])('%s', async (_, name) => {
    const desk = await openDesk();
    await desk.put(name, 'x');
    await sweepParts(desk.folder);
    expect(await desk.names()).toEqual([name]);
  });

  it('a folder, and a link with what it leads to', async () => {
    const desk = await openDesk();
    await desk.put('theirs', 'x');
    const [folder, link] = [leftOf(deadPid), leftOf(deadPid)];
    await mkdir(desk.path(folder));
    await symlink('theirs', desk.path(link));
    await sweepParts(desk.folder);
    expect(await desk.names()).toEqual([folder, link, 'theirs'].toSorted());
  });
});

test.each(['bid.zip', '标书 (1).zip', 'a\nb', 'x'.repeat(255), '标'.repeat(85), '.hidden'])(
  'what a dead process left of %j is removed',
  async (name) => {
    const desk = await openDesk();
    const left = leftOf(deadPid, name);
    expect(Buffer.byteLength(left)).toBeLessThanOrEqual(255);
    await desk.put(left, 'x');
    await sweepParts(desk.folder);
    expect(await desk.names()).toEqual([]);
  },
);

it('a folder that is not there is no failure', async () => {
  const desk = await openDesk();
  await expect(sweepParts(desk.path('none'))).resolves.toBeUndefined();
});
