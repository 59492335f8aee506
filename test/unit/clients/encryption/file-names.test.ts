import { expect, test } from 'vitest';
import { encryptedName, keptName, nameWithout } from '../../../../src/clients/encryption/file-names.ts';

const long = 'x'.repeat(255);

test.each([
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['C:\\bid.zip', 'C:_bid.zip'],
  ['a\nb', 'a_b'],
  ['a\u202Egpj.exe', 'a_gpj.exe'],
  ['\uD800.zip', '_.zip'],
  ['.', '_'],
  ['..', '_'],
  [' 投标文件 .zip', ' 投标文件 .zip'],
  [long, long],
])('%j is kept as %j', (name, kept) => {
  expect(keptName(name)).toBe(kept);
});

test.each([
  ['bid', '投标.zip', '投标.zip.cabid'],
  ['enveloped', '投标.zip', '投标.zip.p7m'],
] as const)('the name of an encrypted file (%s)', (format, plain, name) => {
  expect(encryptedName(plain, format)).toBe(name);
});

test('the name of an encrypted file keeps its ending however long the plaintext’s is', () => {
  const name = encryptedName(long, 'bid');
  expect([name.length <= 120, name.endsWith('.cabid')]).toEqual([true, true]);
});

test.each([
  ['投标.zip.p7m', '投标.zip'],
  ['bid.ENV', 'bid'],
  ['bid.zip', 'bid.zip'],
  ['.p7m', '.p7m'],
])('%j is opened as %j', (encrypted, plain) => {
  expect(nameWithout(encrypted)).toBe(plain);
});
