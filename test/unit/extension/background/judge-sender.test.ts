import { expect, it, test } from 'vitest';
import { judgeSender, type PortSender } from '../../../../src/extension/background/page/judge-sender.ts';

const own = 'our-extension';
const sites = ['https://ggzy.zhanjiang.gov.cn', 'http://127.0.0.1:28080', 'http://plain.example.cn'];
const page: PortSender = {
  extensionId: own,
  origin: 'https://ggzy.zhanjiang.gov.cn',
  frameId: 0,
  documentId: 'D',
  documentLifecycle: 'active',
  tabId: 3,
};

test.each<[why: string, sender: PortSender, verdict: string]>([
  ['another extension', { ...page, extensionId: 'other' }, 'ORIGIN_NOT_ALLOWED'],
  ['no origin', { ...page, origin: undefined }, 'ORIGIN_NOT_ALLOWED'],
  ['a sandboxed page', { ...page, origin: 'null' }, 'ORIGIN_NOT_ALLOWED'],
  ['a site that nobody configured', { ...page, origin: 'https://evil.example' }, 'ORIGIN_NOT_ALLOWED'],
  [
    'a look-alike host',
    { ...page, origin: 'https://ggzy.zhanjiang.gov.cn.evil.example' },
    'ORIGIN_NOT_ALLOWED',
  ],
  ['another port', { ...page, origin: 'https://ggzy.zhanjiang.gov.cn:8443' }, 'ORIGIN_NOT_ALLOWED'],
  ['the site over http', { ...page, origin: 'http://ggzy.zhanjiang.gov.cn' }, 'INSECURE_CONTEXT'],
  ['http although configured', { ...page, origin: 'http://plain.example.cn' }, 'INSECURE_CONTEXT'],
  ['a frame', { ...page, frameId: 12 }, 'FRAME_NOT_ALLOWED'],
  ['an unknown frame', { ...page, frameId: undefined }, 'FRAME_NOT_ALLOWED'],
  ['no document', { ...page, documentId: undefined }, 'ORIGIN_NOT_ALLOWED'],
  ['no tab', { ...page, tabId: -1 }, 'ORIGIN_NOT_ALLOWED'],
  ['a prerendered page', { ...page, documentLifecycle: 'prerender' }, 'PAGE_GONE'],
])('%s is refused', (_why, sender, verdict) => {
  expect(judgeSender(sender, own, sites)).toBe(verdict);
});

it('admits the top frame of a configured site', () => {
  expect(judgeSender(page, own, sites)).toEqual({ origin: page.origin, tabId: 3, documentId: 'D' });
});

it('admits loopback where it is configured', () => {
  const loopback = { ...page, origin: 'http://127.0.0.1:28080' };
  expect(judgeSender(loopback, own, sites)).toMatchObject({ origin: 'http://127.0.0.1:28080' });
});
