import { expect, test } from 'vitest';
import { siteOf } from '../../../../src/extension/options/site-address.ts';

test.each([
  ['http://ggzy.example.cn', 'plain http'],
  ['javascript:alert(1)', 'a script'],
  ['chrome://extensions', 'a page of the browser'],
  ['file:///etc/passwd', 'a file'],
  ['https://ggzy.zhanjiang.gov.cn@evil.example/', 'a name that looks like a host'],
  ['https://*.example.cn', 'a wildcard'],
  ['https://', 'no host'],
  ['localhost', 'a host of one label'],
  ['', 'nothing'],
  ['交易系统', 'words'],
])('%s is refused: %s', (address) => {
  expect(siteOf(address)).toBeUndefined();
});

test.each([
  ['https://ggzy.zhanjiang.gov.cn', 'https://ggzy.zhanjiang.gov.cn'],
  ['  https://ggzy.zhanjiang.gov.cn/login?a=1#b ', 'https://ggzy.zhanjiang.gov.cn'],
  ['ggzy.zhanjiang.gov.cn/login', 'https://ggzy.zhanjiang.gov.cn'],
  ['HTTPS://GGZY.Zhanjiang.gov.cn:8443/', 'https://ggzy.zhanjiang.gov.cn:8443'],
  ['https://ggzy.zhanjiang.gov.cn:443', 'https://ggzy.zhanjiang.gov.cn'],
  ['https://交易.example', 'https://xn--tlq248c.example'],
])('%s is the site %s', (address, site) => {
  expect(siteOf(address)).toBe(site);
});
