import { relayPlatform } from '../relay/relay-platform.ts';

/**
 * 云优采(北京CA). Published: an app, and BJCA's local service on the PC, which the clients reach by their XTX
 * connector (driver `local`). Nothing is published of a front server, so it is reached by relay protocol v1 once the
 * deployment configures an address for it.
 */
export const yunYouCai = relayPlatform({
  id: 'yun-you-cai',
  name: { 'zh-CN': '云优采（北京CA）', en: 'Yunyoucai (BJCA)' },
});
