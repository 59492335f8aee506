import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { directorySchema, isBuiltInPlatform } from '../../../src/protocol/directory.ts';

const accepts = (entry: unknown) => v.is(directorySchema, [entry]);
const id = 'yue-qi-qian';

describe('an entry of policy that is refused', () => {
  test.each<[why: string, entry: unknown]>([
    ['no id', { hotline: '400-000-0000' }],
    ['an id with a slash', { id: '../yue-qi-qian' }],
    ['an id in capitals', { id: 'YueQiQian' }],
    ['an unknown field', { id, script: 'https://evil.example/x.js' }],
    ['a name in one language', { id, name: { en: 'Yueqiqian' } }],
    ['a name of no letter', { id, name: { 'zh-CN': '', en: '' } }],
    ['a name too long to show', { id, name: { 'zh-CN': '粤'.repeat(121), en: 'Y' } }],
    ['an unknown group', { id, group: 'foreign' }],
    ['an unknown state', { id, state: 'disabled' }],
    ['an unknown scene', { id, scenes: ['payment'] }],
    ['letters in the hotline', { id, hotline: 'call me' }],
    ['an unknown phone system', { id, phoneSystems: ['symbian'] }],
    ...['manual', 'app', 'account', 'driver'].flatMap((field): [string, unknown][] => [
      [`a script as ${field}`, { id, [field]: 'javascript:alert(1)' }],
      [`http as ${field}`, { id, [field]: 'http://app.example.com' }],
      [`data as ${field}`, { id, [field]: 'data:text/html,x' }],
      [`a user name in ${field}`, { id, [field]: 'https://bank.example@evil.example/' }],
      [`a blank in ${field}`, { id, [field]: 'https://app.example.com/a b' }],
      [`a line break in ${field}`, { id, [field]: 'https://app.example.com/a\nb' }],
      [`an address too long in ${field}`, { id, [field]: `https://app.example.com/${'a'.repeat(300)}` }],
    ]),
    ['a QR host of one label', { id, qrHosts: ['cn'] }],
    ['a QR host with a wildcard', { id, qrHosts: ['*.example.com'] }],
    ['a QR host with a port', { id, qrHosts: ['example.com:443'] }],
    ['a QR host that is an address', { id, qrHosts: ['https://example.com'] }],
    ['an empty QR host', { id, qrHosts: [''] }],
    ['a QR host with an empty label', { id, qrHosts: ['example..com'] }],
  ])('%s', (_why, entry) => {
    expect(accepts(entry)).toBe(false);
  });

  it('more entries than the page has room for', () => {
    const many = Array.from({ length: 51 }, (_v, index) => ({ id: `platform-${index}` }));
    expect(v.is(directorySchema, many)).toBe(false);
  });
});

it('takes an entry with every field', () => {
  expect(
    accepts({
      id: 'example-ca',
      name: { 'zh-CN': '示例CA', en: 'Example CA' },
      group: 'mutual',
      state: 'enabled',
      scenes: ['login', 'decrypt'],
      hotline: '400-000-0000',
      manual: 'https://app.example.com:8443/manual.pdf?v=1#page=2',
      app: 'https://app.example.com',
      account: 'https://app.example.com/account',
      driver: 'https://app.example.com/driver',
      phoneSystems: ['android', 'harmony', 'ios'],
      qrHosts: ['qr.example.com'],
    }),
  ).toBe(true);
});

it('takes a single field to replace', () => {
  expect(accepts({ id, hotline: '400 000 0000' })).toBe(true);
});

it('knows which platforms have a folder of their own', () => {
  expect(isBuiltInPlatform('yun-you-cai')).toBe(true);
  expect(isBuiltInPlatform('example-ca')).toBe(false);
});
