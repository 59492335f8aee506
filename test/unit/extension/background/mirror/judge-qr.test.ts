import { describe, expect, it, test } from 'vitest';
import type { DirectoryEntry } from '../../../../../src/protocol/directory.ts';
import { judgeQr } from '../../../../../src/extension/background/mirror/judge-qr.ts';

const entry = (id: string, qrHosts: readonly string[]): DirectoryEntry => ({
  id,
  name: { 'zh-CN': id, en: id },
  group: 'mutual',
  state: 'enabled',
  scenes: ['login'],
  qrHosts: [...qrHosts],
});
const directory = [
  entry('zhongzhao-hulian', ['ebinterlink.com', 'front.example.cn']),
  entry('yue-qi-qian', ['digitalgd.com.cn']),
  entry('loopback', ['127.0.0.1']),
];
const site = 'https://ggzy.zhanjiang.gov.cn';
const judge = (content: string, siteOrigins: readonly string[] = [site]) =>
  judgeQr(content, directory, siteOrigins);

describe('what leads to a platform', () => {
  test.each([
    ['its host', 'https://ebinterlink.com/scan?id=1', 'ebinterlink.com'],
    ['beneath its host', 'https://connect.ebinterlink.com/s/1', 'connect.ebinterlink.com'],
    ['in capitals, as alphanumeric QRs are written', 'HTTPS://EBINTERLINK.COM/S/1', 'ebinterlink.com'],
    ['with a port and a final dot', 'https://ebinterlink.com.:8443/s', 'ebinterlink.com'],
    ['without encryption', 'http://front.example.cn/s/1', 'front.example.cn'],
    ['without scheme', 'ebinterlink.com/s/1', 'ebinterlink.com'],
    ['in JSON', '{"serviceUrl":"https://ebinterlink.com/cb","action":"seal.sign"}', 'ebinterlink.com'],
    ['in an app scheme', 'zzhl://open?url=https%3A%2F%2Febinterlink.com%2Fs', 'ebinterlink.com'],
    ['behind words', '登录:https://ebinterlink.com/s', 'ebinterlink.com'],
    [
      'with an address of its own inside',
      'https://ebinterlink.com/go?to=https://evil.cn/',
      'ebinterlink.com',
    ],
    ['a loopback address that the directory names', 'http://127.0.0.1:28081/relay/v1/scan/x#y', '127.0.0.1'],
  ])('%s', (_kind, content, host) => {
    expect(judge(content)).toMatchObject({ trust: 'platform', host });
  });

  it('tells whose host it is', () => {
    expect(judge('https://m.digitalgd.com.cn/x').entry).toBe('yue-qi-qian');
  });

  it('tells nobody where two entries share the host', () => {
    const shared = [entry('one', ['ebinterlink.com']), entry('two', ['ebinterlink.com'])];
    expect(judgeQr('https://ebinterlink.com/', shared, [site])).toEqual({
      trust: 'platform',
      host: 'ebinterlink.com',
    });
  });
});

describe("what leads to the site's own", () => {
  test.each([
    ['the same host', 'https://ggzy.zhanjiang.gov.cn/qr?x', [site]],
    ['a host beneath it', 'https://ca.ggzy.zhanjiang.gov.cn/qr', [site]],
    ['a sister of one owner', 'https://ca.zhanjiang.gov.cn/qr', [site]],
    ['a sister beneath a company', 'https://ca.trade.com/qr', ['https://www.trade.com']],
    ['the page around the frame', 'https://www.trade.com/qr', ['https://frame.cn', 'https://www.trade.com']],
    ['an IP address that is the site itself', 'https://10.1.2.3/qr', ['https://10.1.2.3']],
  ])('%s', (_kind, content, origins) => {
    expect(judge(content, origins).trust).toBe('site');
  });
});

describe('what has no address', () => {
  test.each([
    'c0ffee-0001-session',
    '{"action":"1","authIdent":"QWxhZGRpbg=="}',
    '{"action":"seal.sign","package":"cn.bjca.sign"}',
    'eyJhbGciOiJTTTIifQ.eyJpZCI6MX0.c2ln',
    'zzhl://login?ticket=123',
    '湛江市公共资源交易中心',
    '',
  ])('%s', (content) => {
    expect(judge(content)).toEqual({ trust: 'noHost' });
  });
});

describe('what leads elsewhere', () => {
  test.each([
    ['a stranger', 'https://evil.cn/', 'evil.cn'],
    ['user information that looks like the platform', 'https://ebinterlink.com@evil.cn/', 'evil.cn'],
    ['user information with a password', 'https://ebinterlink.com:443@evil.cn/', 'evil.cn'],
    [
      'the platform as a subdomain of a stranger',
      'https://ebinterlink.com.evil.cn/',
      'ebinterlink.com.evil.cn',
    ],
    ['the platform as the end of a name', 'https://notebinterlink.com/', 'notebinterlink.com'],
    ['a letter of another script', 'https://еbinterlink.com/', 'xn--binterlink-jsi.com'],
    ['punycode of it', 'https://xn--binterlink-jsi.com/', 'xn--binterlink-jsi.com'],
    ['an IP address', 'https://93.184.216.34/', '93.184.216.34'],
    ['an IP address without scheme', '93.184.216.34/login', '93.184.216.34'],
    ['IPv6', 'https://[2001:db8::1]/', '[2001:db8::1]'],
    ['a payment page', 'https://qr.alipay.com/fkx1', 'qr.alipay.com'],
    ['no scheme, two slashes', '//evil.cn/x', 'evil.cn'],
    ['no scheme, www', 'www.evil.cn', 'www.evil.cn'],
    ['no scheme, a bare name', 'evil.cn', 'evil.cn'],
    ['a second address behind a good one', 'https://ebinterlink.com https://evil.cn', 'evil.cn'],
    ['a second address on a line of its own', 'https://ebinterlink.com\nhttps://evil.cn', 'evil.cn'],
    ['one of two in JSON', '{"a":"https://ebinterlink.com","b":["https://evil.cn"]}', 'evil.cn'],
    ['one of two in a query', 'a=https://ebinterlink.com&b=https://evil.cn', 'evil.cn'],
    ['one in an app scheme', 'zzhl://open?url=https%3a%2f%2fevil.cn', 'evil.cn'],
    ['web socket', 'wss://evil.cn/x', 'evil.cn'],
    ['ftp', 'ftp://evil.cn/x', undefined],
    ['a script', 'javascript:fetch("https://ebinterlink.com")', undefined],
    ['a script with a tab in its name', 'java\tscript:alert(1)', undefined],
    ['a page in the QR itself', 'data:text/html,<script>1</script>', undefined],
    ['an intent', 'intent://ebinterlink.com#Intent;scheme=https;end', undefined],
    ['WeChat payment', 'weixin://wxpay/bizpayurl?pr=1', undefined],
    ['a call', 'tel:4006664230', undefined],
    ['a WLAN', 'WIFI:T:WPA;S:x;P:y;;', undefined],
    ['an address that does not parse', 'https://', undefined],
  ])('%s', (_kind, content, host) => {
    expect(judge(content)).toEqual({ trust: 'foreign', ...(host === undefined ? {} : { host }) });
  });

  test.each([
    ['a backslash before the @', String.raw`https://ebinterlink.com\@evil.cn/`],
    ['backslashes for slashes', String.raw`https:\\ebinterlink.com\x`],
    ['an @ behind a question mark', 'https://ebinterlink.com?@evil.cn'],
    ['an @ behind a hash', 'https://ebinterlink.com#@evil.cn'],
    ['one slash', 'https:/ebinterlink.com/x'],
    ['three slashes', 'https:///ebinterlink.com/x'],
    ['a tab within the host', 'https://ebinter\tlink.com/'],
    ['a character without width', 'https://ebinter\u200blink.com/'],
    ['a mark that turns the direction', 'https://ebinterlink.com/\u202enc.live//:sptth'],
    ['a percent sign in the host', 'https://ebinterlink%2ecom/'],
    ['wide letters', 'https://ｅbinterlink.com/'],
    ['an ideographic full stop', 'https://ebinterlink。com/'],
    ['user information alone', 'https://user@ebinterlink.com/'],
    ['an IP address in hexadecimal', 'http://0x7f.1/'],
    ['an IP address as one number', 'http://2130706433/'],
  ])('written so that programs disagree: %s', (_kind, content) => {
    expect(judge(content).trust).toBe('foreign');
  });

  test.each([
    ['another authority of the same ending', 'https://evil.gov.cn/', ['https://ggzy.zhanjiang.gov.cn']],
    ['another company of the same ending', 'https://evil.com.cn/', ['https://www.trade.com.cn']],
    ['another domain of the province', 'https://evil.gd.cn/', ['https://www.trade.gd.cn']],
    ['another tenant of a cloud', 'https://evil.oss.aliyuncs.com/', ['https://site.oss.aliyuncs.com']],
    ['an ending that is not known', 'https://evil.co.uk/', ['https://trade.co.uk']],
    ['a neighbour of an IP address', 'https://10.1.2.4/', ['https://10.1.2.3']],
    [
      'the site as the end of a name',
      'https://evilggzy.zhanjiang.gov.cn.cn/',
      ['https://ggzy.zhanjiang.gov.cn'],
    ],
    ['the top level itself', 'https://gov.cn/', ['https://ggzy.zhanjiang.gov.cn']],
  ])('not the site: %s', (_kind, content, origins) => {
    expect(judge(content, origins).trust).toBe('foreign');
  });

  it('an origin that the browser would not vouch for adds nothing', () => {
    expect(judge('https://evil.cn', ['null', 'evil.cn', '']).trust).toBe('foreign');
  });
});

it('reads hostile lengths in bounded time', () => {
  const begun = performance.now();
  for (const content of [
    'a.'.repeat(2_148),
    'https:'.repeat(716),
    '['.repeat(4_296),
    ' https://a.cn'.repeat(330),
    '%3a'.repeat(1_400),
    '-'.repeat(4_296),
  ]) {
    judge(content);
  }
  expect(performance.now() - begun).toBeLessThan(250);
});
