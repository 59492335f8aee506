import { relayPlatform } from '../relay/relay-platform.ts';

/**
 * 中招互连. Published: the app, its hotline, and that a front server stands between site and app. Not published:
 * addresses and message names of that server. So it is reached by relay protocol v1 at the address that the
 * deployment configures, and by no other.
 */
export const zhongzhaoHulian = relayPlatform({
  id: 'zhongzhao-hulian',
  name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
  hotline: '400-666-4230',
});
