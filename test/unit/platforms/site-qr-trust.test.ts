import { describe, expect, test } from 'vitest';
import { qrTrust } from '../../../src/platforms/qr-trust.ts';

const platformHosts = ['ebinterlink.com', 'front.example.cn'];
const siteOrigins = ['https://ggzy.zhanjiang.gov.cn'];
const judge = (content: string) => qrTrust(content, platformHosts, siteOrigins);

describe('leads elsewhere', () => {
  test.each([
    ['another host', 'https://evil.cn/scan'],
    ['a host that ends like the platform’s', 'https://evilebinterlink.com/'],
    ['a host that begins like the platform’s', 'https://ebinterlink.com.evil.cn/'],
    ['the platform’s name as user information', 'https://ebinterlink.com@evil.cn/'],
    ['the platform’s name and a password before the host', 'https://ebinterlink.com:443@evil.cn/'],
    ['user information before the platform’s host', 'https://someone@ebinterlink.com/'],
    ['a backslash before the real host', 'https://evil.cn\\@ebinterlink.com/'],
    ['an IPv4 literal', 'http://203.0.113.7/scan'],
    ['an IPv4 literal in one number', 'http://3405803783/scan'],
    ['an IPv6 literal', 'http://[2001:db8::1]/scan'],
    ['Cyrillic letters that look like the platform’s', 'https://еbinterlink.com/'],
    ['the same as Punycode', 'https://xn--binterlink-9ki.com/'],
    ['a port after another host', 'https://evil.cn:443/ebinterlink.com'],
    ['a final dot after another host', 'https://evil.cn./'],
    ['capitals', 'HTTPS://EVIL.CN/EBINTERLINK.COM'],
    ['no scheme', 'evil.cn/scan'],
    ['no scheme but slashes', '//evil.cn/scan'],
    ['a script', 'javascript:alert(1)'],
    ['a script with white space in its name', 'java\nscript:alert(1)'],
    ['an address that a tab parts', 'ht\ttps://evil.cn/'],
    ['an address that a line break parts', 'https://ebinterlink.com\n.evil.cn/'],
    ['a payment', 'weixin://wxpay/bizpayurl?pr=abc'],
    ['a file', 'file:///etc/passwd'],
    ['JSON with another address', '{"action":"1","serviceUrl":"https://evil.cn/cb"}'],
    ['JSON with the address deep inside', '{"a":[{"b":{"c":"https://evil.cn"}}]}'],
    ['another address behind the platform’s', 'https://ebinterlink.com/a https://evil.cn/b'],
    ['another address behind a line break', 'https://ebinterlink.com/a\nhttps://evil.cn/b'],
    ['white space around it', '  https://evil.cn/scan  '],
    ['an app’s scheme that carries it', 'zzhl://open?url=https%3A%2F%2Fevil.cn%2F'],
    ['more texts than anybody reads', `${'word '.repeat(64)}https://evil.cn/`],
    ['more values than anybody reads', JSON.stringify([...'x'.repeat(64), 'https://evil.cn/'])],
    ['a host of nothing', 'https://'],
    ['an invisible character in the host', 'https://ebinter\u200blink.com/'],
  ])('%s', (_what, content) => {
    expect(judge(content).trust).toBe('foreign');
  });

  test.each(['localhost', '127.0.0.1'])('%s, where neither is of this machine', (host) => {
    expect(judge(`http://${host}:28081/scan`)).toEqual({ trust: 'foreign', host });
  });
});

describe('leads to the platform', () => {
  test.each([
    ['its host', 'https://ebinterlink.com/s?id=1#token', 'ebinterlink.com'],
    ['a host beneath it', 'https://app.ebinterlink.com/s', 'app.ebinterlink.com'],
    ['in capitals, with port and final dot', 'HTTPS://EBINTERLINK.COM.:8443/S', 'ebinterlink.com'],
    ['in JSON', '{"action":"1","serviceUrl":"https://front.example.cn/cb"}', 'front.example.cn'],
    ['beside the site’s own', 'https://ggzy.zhanjiang.gov.cn/ https://ebinterlink.com/', 'ebinterlink.com'],
  ])('%s', (_what, content, host) => {
    expect(judge(content)).toEqual({ trust: 'platform', host });
  });
});

test('leads to the site itself', () => {
  expect(judge('https://ggzy.zhanjiang.gov.cn/qr/1')).toEqual({
    trust: 'site',
    host: 'ggzy.zhanjiang.gov.cn',
  });
});

test.each(['{"action":"1","authIdent":"20260101abcdef"}', 'ZZHL-2f9c0a1b', '登录码 8842'])(
  'leads nowhere: %s',
  (content) => {
    expect(judge(content)).toEqual({ trust: 'noHost' });
  },
);
