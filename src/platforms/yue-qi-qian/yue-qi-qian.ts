import { registeredPlatform } from '../registered-platform.ts';

/** 粤企签. Reached by relay protocol v1 once the deployment configures a front server for it. */
export const yueQiQian = registeredPlatform({
  id: 'yue-qi-qian',
  name: { 'zh-CN': '粤企签', en: 'Yueqiqian' },
  facts: {
    published: [
      {
        'zh-CN': '在微信小程序申请，证书装在粤商通 App 里。',
        en: 'Applied for in a WeChat mini-program; the certificate is in the app 粤商通.',
      },
    ],
    awaits: [
      {
        'zh-CN': '供网页使用的接口：前置机地址、消息、二维码和状态。',
        en: 'Any interface for web pages: front server, messages, QR and states.',
      },
      { 'zh-CN': '支持哪些业务场景。', en: 'Which scenes it serves.' },
      { 'zh-CN': '服务热线、手册和驱动地址。', en: 'Hotline, manual and driver addresses.' },
    ],
  },
});
