import { describe, expect, it, test } from 'vitest';
import { parseDecryptOptions } from '../../../../../src/clients/command-line/bids/decrypt-options.ts';
import { parseEncryptOptions } from '../../../../../src/clients/command-line/bids/encrypt-options.ts';
import { parseInspectOptions } from '../../../../../src/clients/command-line/bids/inspect-options.ts';
import { outputFolder, outputPath } from '../../../../../src/clients/command-line/bids/output-option.ts';
import { UsageError } from '../../../../../src/clients/command-line/command.ts';

const to = ['--to', 'own.pem'];
const holder = ['--key', 'own.key', '--certificate', 'own.pem'];

describe('wrong usage is refused', () => {
  test.each<[string, string[]]>([
    ['no file', to],
    ['a file of no name', ['', ...to]],
    ['no certificate', ['a']],
    ['seventeen certificates', ['a', ...Array.from({ length: 17 }, () => to).flat()]],
    ['a certificate of no name', ['a', '--to', '']],
    ['an unknown option', ['a', ...to, '--force']],
    ['an unknown format', ['a', ...to, '--format', 'zip']],
    ['an unknown language', ['a', ...to, '--lang', 'fr']],
    ['two places', ['a', ...to, '--out', 'x', '--out-dir', 'y']],
    ['one output for two files', ['a', 'b', ...to, '--out', 'x']],
    ['an output of no name', ['a', ...to, '--out', '']],
    ['lists of nobody who is trusted', ['a', ...to, '--online']],
    ['a value for a switch', ['a', ...to, '--json=yes']],
  ])('encrypt: %s', (_, args) => {
    expect(() => parseEncryptOptions(args)).toThrow(UsageError);
  });

  test.each<[string, string[]]>([
    ['no file', holder],
    ['no key', ['a', '--certificate', 'own.pem']],
    ['no certificate', ['a', '--key', 'own.key']],
    ['a key of no name', ['a', '--key=', '--certificate', 'own.pem']],
    ['a passphrase on the command line', ['a', ...holder, '--passphrase', 'secret']],
    ['a place for nothing', ['a', ...holder, '--check', '--out', 'x']],
    ['a folder for nothing', ['a', ...holder, '--check', '--out-dir', 'x']],
    ['one output for two files', ['a', 'b', ...holder, '--out', 'x']],
  ])('decrypt: %s', (_, args) => {
    expect(() => parseDecryptOptions(args)).toThrow(UsageError);
  });

  test.each<[string, string[]]>([
    ['no file', []],
    ['two files', ['a', 'b']],
    ['a key', ['a', '--key', 'own.key']],
    ['a certificate of no name', ['a', '--certificate', '']],
  ])('inspect: %s', (_, args) => {
    expect(() => parseInspectOptions(args)).toThrow(UsageError);
  });
});

it('encrypts bids beside their inputs, offline and for everybody’s trust, unless told', () => {
  expect(parseEncryptOptions(['a', 'b', ...to, '--to', 'centre.pem'])).toEqual({
    files: ['a', 'b'],
    to: ['own.pem', 'centre.pem'],
    output: { out: undefined, folder: undefined },
    format: 'bid',
    anchors: [],
    online: false,
    json: false,
    language: undefined,
  });
});

it('takes what stands behind -- for a file', () => {
  expect(parseInspectOptions(['--', '--json'])).toMatchObject({ file: '--json', json: false });
});

test.each([
  ['beside the input', {}, 'in', 'in/name'],
  ['in a folder', { 'out-dir': 'there' }, 'there', 'there/name'],
  ['at a path', { out: 'there/x' }, 'there', 'there/x'],
])('an output lies %s', (_, values, folder, path) => {
  const { output } = parseEncryptOptions([
    'in/a',
    ...to,
    ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]),
  ]);
  expect([outputFolder(output, 'in/a'), outputPath(output, 'in/a', 'name')]).toEqual([folder, path]);
});
