import { relayPlatform } from '../relay/relay-platform.ts';

/**
 * 粤企签. Published: that certificates live in the 粤商通 app. Nothing is published of a front server or a PC
 * interface, so it is reached by relay protocol v1 once the deployment configures an address for it.
 */
export const yueQiQian = relayPlatform({
  id: 'yue-qi-qian',
  name: { 'zh-CN': '粤企签', en: 'Yueqiqian' },
});
