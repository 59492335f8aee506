import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { configurationSchema } from '../../../src/protocol/configuration.ts';

const accepts = (configuration: unknown) => v.is(configurationSchema, configuration);

describe('a policy that would widen too much is no policy', () => {
  test.each<[why: string, configuration: unknown]>([
    ['a wildcard site', { sites: ['https://*'] }],
    ['a wildcard host', { sites: ['https://*.gov.cn'] }],
    ['all sites', { sites: ['<all_urls>'] }],
    ['plain http', { sites: ['http://ggzy.zhanjiang.gov.cn'] }],
    ['http on a name that only resolves to loopback', { sites: ['http://localhost.example'] }],
    ['a site with a path', { sites: ['https://ggzy.zhanjiang.gov.cn/login'] }],
    ['a site with a user name', { sites: ['https://user@ggzy.zhanjiang.gov.cn'] }],
    ['a file', { sites: ['file:///etc/passwd'] }],
    ['a script', { sites: ['javascript:alert(1)'] }],
    ['"null"', { sites: ['null'] }],
    ['text instead of a list', { sites: 'https://ggzy.zhanjiang.gov.cn' }],
    ['too many sites', { sites: Array.from({ length: 101 }, (_v, index) => `https://site${index}.example`) }],
    [
      'a front server over http',
      { frontServers: { 'zhongzhao-hulian': 'http://front.example.cn/relay/v1' } },
    ],
    ['a front server with a query', { frontServers: { 'zhongzhao-hulian': 'https://front.example.cn/?x' } }],
    [
      'a front server with a final slash',
      { frontServers: { 'zhongzhao-hulian': 'https://front.example.cn/v1/' } },
    ],
    [
      'a front server with a user name',
      { frontServers: { 'zhongzhao-hulian': 'https://u@front.example.cn' } },
    ],
    ...['..', '.', '...', 'relay/..', '../relay', 'relay/../v1', '%2e%2e', 'relay//v1', 'relay\\v1'].map(
      (path): [string, unknown] => [
        `a front server with the path ${path}`,
        { frontServers: { 'zhongzhao-hulian': `https://front.example.cn/${path}` } },
      ],
    ),
    ['an unknown platform', { frontServers: { 'evil-platform': 'https://front.example.cn' } }],
    ['an unknown default platform', { defaultPlatform: 'evil-platform' }],
    ['a recipient that is no base64', { encryptionRecipients: ['not a certificate'] }],
    [
      'more recipients than a bid has room for',
      { encryptionRecipients: Array.from({ length: 16 }, () => 'MAA=') },
    ],
    ['no platform at all', { platforms: [] }],
    ['an unknown platform among others', { platforms: ['yue-qi-qian', 'evil-platform'] }],
    ['driver mirror, which has no session', { defaultDriver: 'mirror' }],
    ['an unknown behaviour', { onPrompt: 'click' }],
    ['a wildcard for the local-service bridge', { localServiceBridge: ['https://*'] }],
    ['an unknown log level', { logLevel: 'debug' }],
    ['an anchor that is no base64', { trustAnchors: ['-----BEGIN CERTIFICATE-----'] }],
    ['an unsound rule beside sound ones', { promptRules: [{ id: 'x' }] }],
    ['an unsound entry of the directory', { directory: [{ id: 'x-y', manual: 'javascript:alert(1)' }] }],
    ['an own entry __proto__', JSON.parse('{"__proto__": {"sites": ["https://evil.example"]}}')],
    ['an unknown entry', { scripts: ['https://evil.example/x.js'] }],
    ['null', null],
  ])('%s', (_why, configuration) => {
    expect(accepts(configuration)).toBe(false);
  });
});

it('takes further recipients of bids', () => {
  expect(accepts({ encryptionRecipients: ['MAA='] })).toBe(true);
});

it('takes sites, front servers and a default platform', () => {
  expect(
    accepts({
      sites: ['https://trade.example.gov.cn', 'https://trade.example.gov.cn:8443'],
      frontServers: { 'zhongzhao-hulian': 'https://front.example.cn/relay/v1' },
      defaultPlatform: 'zhongzhao-hulian',
    }),
  ).toBe(true);
});

it('takes dots within the segments of a front server', () => {
  expect(
    accepts({ frontServers: { 'yue-qi-qian': 'https://front.example.cn/relay.api/v1.0/.hidden' } }),
  ).toBe(true);
});

it('takes every other entry', () => {
  expect(
    accepts({
      platforms: ['yue-qi-qian'],
      defaultDriver: 'local',
      directory: [{ id: 'yue-qi-qian' }],
      promptRules: [],
      onPrompt: 'open',
      localServiceBridge: [],
      logLevel: 'off',
      trustAnchors: ['MAA='],
    }),
  ).toBe(true);
});

it('takes none at all', () => {
  expect(accepts({})).toBe(true);
});
