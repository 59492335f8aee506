import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { openInput } from '../../../../../src/clients/command-line/files/open-input.ts';
import { openDesk, type Desk } from './desk.ts';

describe('what is no regular file is refused, and nobody waits for it', () => {
  test.each<[string, (desk: Desk) => Promise<string> | string]>([
    ['a folder', ({ folder }) => folder],
    ['a device', () => '/dev/zero'],
    [
      'a pipe that nobody writes to',
      (desk) => {
        execFileSync('mkfifo', [desk.path('pipe')]);
        return desk.path('pipe');
      },
    ],
    [
      'a link to a device',
      async (desk) => {
        await symlink('/dev/zero', desk.path('link'));
        return desk.path('link');
      },
    ],
    [
      'a link to a folder',
      async (desk) => {
        await mkdir(desk.path('folder'));
        await symlink('folder', desk.path('link'));
        return desk.path('link');
      },
    ],
    [
      'a socket',
      async (desk) => {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(desk.path('socket'), resolve));
        onTestFinished(() => void server.close());
        return desk.path('socket');
      },
    ],
  ])('%s', async (_, make) => {
    const path = await make(await openDesk());
    await expect(openInput(path)).rejects.toMatchObject({ problem: 'inputNotAFile', path });
  });
});

test.each(['none', 'none/below', 'file/below'])('%s is missing', async (name) => {
  const desk = await openDesk();
  await desk.put('file', 'x');
  await expect(openInput(desk.path(name))).rejects.toMatchObject({ problem: 'inputMissing' });
});

it('a file is opened for reading alone', async () => {
  const desk = await openDesk();
  const handle = await openInput(await desk.put('a', 'text'));
  await expect(handle.write('other')).rejects.toMatchObject({ code: 'EBADF' });
  await handle.close();
  expect(await readFile(desk.path('a'), 'utf8')).toBe('text');
});

it('a link to a file is followed', async () => {
  const desk = await openDesk();
  await desk.put('a', 'text');
  await symlink('a', desk.path('link'));
  const handle = await openInput(desk.path('link'));
  expect(await handle.readFile('utf8')).toBe('text');
  await handle.close();
});
