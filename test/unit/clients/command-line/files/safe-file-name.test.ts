import { basename, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { safeFileName } from '../../../../../src/clients/command-line/files/safe-file-name.ts';

describe('a hostile name becomes a harmless one', () => {
  test.each([
    ['', '_'],
    ['.', '_'],
    ['..', '_'],
    ['...', '_'],
    ['/', '_'],
    ['/etc/passwd', '_etc_passwd'],
    ['../../etc/cron.d/x', '__.._etc_cron.d_x'],
    ['..\\..\\Windows\\x', '__.._Windows_x'],
    ['C:\\x.zip', 'C__x.zip'],
    ['a.zip:stream', 'a.zip_stream'],
    ['.bashrc', '_bashrc'],
    ['..bashrc', '_bashrc'],
    ['  .bashrc', '_bashrc'],
    ['a.zip. .', 'a.zip'],
    ['a\u0000b', 'a_b'],
    ['a\nb', 'a_b'],
    ['a\u202Egpj.exe', 'a_gpj.exe'],
    ['\ud800', '_'],
    ['what?*<>|".zip', 'what______.zip'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['aux .zip', '_aux .zip'],
    ['COM1', '_COM1'],
    ['lpt9.tar.gz', '_lpt9.tar.gz'],
    ['com².zip', '_com².zip'],
    ['CONOUT$', '_CONOUT$'],
  ])('%j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });
});

test.each(['报价单.pdf', 'a b (1).zip', 'console.txt', 'com10.zip', 'a..b', '~x', '-rf', 'ｎｕｌ'])(
  '%j stays as it is',
  (name) => {
    expect(safeFileName(name)).toBe(name);
  },
);

it('what is too long for a file system keeps its beginning and its extension', () => {
  const safe = safeFileName(`${'标'.repeat(200)}.zip`);
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
  expect(safe).toMatch(/^标+…标+\.zip$/);
  const astral = safeFileName('𠀀'.repeat(120));
  expect(Buffer.byteLength(astral)).toBeLessThanOrEqual(255);
  expect(Buffer.from(astral).toString()).toBe(astral);
});

it('every name of one character or two stays in its folder', () => {
  const characters = ['.', '/', '\\', ':', ' ', '\u0000', '\n', 'a', '…', '\u200b', '\u2028', '\ud83d'];
  for (const name of characters.flatMap((one) => characters.map((other) => one + other))) {
    const safe = safeFileName(name);
    expect([name, basename(join('folder', safe)), join('folder', safe)]).toEqual([
      name,
      safe,
      `folder/${safe}`,
    ]);
    expect(safe).not.toMatch(/^\.|[/\\:]/);
  }
});
