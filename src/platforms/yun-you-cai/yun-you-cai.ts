import { registeredPlatform } from '../registered-platform.ts';

/**
 * 云优采(北京CA). Keys on the PC are reached by the clients' connector `xtx`; the phone app by relay protocol v1 once
 * the deployment configures a front server for it.
 */
export const yunYouCai = registeredPlatform({
  id: 'yun-you-cai',
  name: { 'zh-CN': '云优采（北京CA）', en: 'Yunyoucai (BJCA)' },
  connector: 'xtx',
  facts: {
    published: [
      {
        'zh-CN': '北京CA本机证书服务（XTXSApp）的地址、请求和应答格式，见厂商公开的脚本。',
        en: 'Addresses, requests and replies of BJCA’s local service (XTXSApp), as the vendor’s public script has them.',
      },
      {
        'zh-CN': '口令只在厂商自己的窗口里输入，该窗口会让调用等待。',
        en: 'The PIN is typed into the vendor’s own window, for which a call waits.',
      },
    ],
    awaits: [
      {
        'zh-CN': '云优采的驱动是否就是该服务，以及其版本和错误码。',
        en: 'Whether the driver of 云优采 is that service, in which version, and its error numbers.',
      },
      {
        'zh-CN': '如何读取介质里的电子印章：在此之前不提供用介质签章。',
        en: 'How seals are read from a key: until then nothing is sealed with one.',
      },
      {
        'zh-CN': '手机 App 的前置机地址、消息、二维码和状态。',
        en: 'Front server, messages, QR and states of the phone app.',
      },
      { 'zh-CN': '服务热线、手册和驱动下载地址。', en: 'Hotline, manual and the address of the driver.' },
    ],
  },
});
