import { describe, expect, it, test } from 'vitest';
import { createRegistry, regArguments } from '../../../../src/clients/installer/reg-exe.ts';
import { readExportedDefault } from '../../../../src/clients/installer/reg-file.ts';

const key = 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\cn.ca_bridge.signature';
const file = 'C:\\Users\\张 三\\AppData\\Local\\CA Bridge\\cn.ca_bridge.signature.json';

test.each<[readonly string[], string]>([
  [regArguments.writeDefault(key, '32', file), `add|${key}|/ve|/t|REG_SZ|/d|${file}|/f|/reg:32`],
  [regArguments.exportKey(key, '64', 'C:\\t\\key.reg'), `export|${key}|C:\\t\\key.reg|/y|/reg:64`],
  [regArguments.query(key, '32'), `query|${key}|/reg:32`],
  [regArguments.createKey(key, '32'), `add|${key}|/f|/reg:32`],
  [regArguments.deleteDefault(key, '64'), `delete|${key}|/ve|/f|/reg:64`],
  [regArguments.deleteKey(key, '32'), `delete|${key}|/f|/reg:32`],
])('the command line %j', (args, expected) => {
  expect(args.join('|')).toBe(expected);
});

it('a system without reg.exe is an error, not an absent key', async () => {
  const registry = createRegistry({ SystemRoot: '/nowhere' });
  await expect(registry.readDefault(key, '32')).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('a value is read from what reg export writes', () => {
  const exported = (...lines: string[]) =>
    [
      '\ufeffWindows Registry Editor Version 5.00',
      '',
      `[HKEY_CURRENT_USER\\Software\\key]`,
      ...lines,
      '',
      '',
    ].join('\r\n');

  test.each<[string, string, ReturnType<typeof readExportedDefault>]>([
    ['a path', exported('@="C:\\\\张 三\\\\a.json"'), { text: 'C:\\张 三\\a.json' }],
    ['a quote', exported('@="a \\"b\\" c"'), { text: 'a "b" c' }],
    ['a default after others', exported('"x"="@=1"', '@="y"'), { text: 'y' }],
    ['no default', exported('"x"="y"'), 'absent'],
    ['an empty key', exported(), 'absent'],
    ['nothing', '', 'absent'],
    ['a number', exported('@=dword:00000001'), 'otherType'],
    ['an expandable text', exported('@=hex(2):41,00,\\', '  00,00'), 'otherType'],
    [
      'the default of a key below',
      exported('', '[HKEY_CURRENT_USER\\Software\\key\\below]', '@="z"'),
      'absent',
    ],
  ])('%s', (_, text, expected) => {
    expect(readExportedDefault(text)).toEqual(expected);
  });
});
