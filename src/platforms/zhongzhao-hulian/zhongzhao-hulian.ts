import { registeredPlatform } from '../registered-platform.ts';

/** 中招互连. Its front server is reached by relay protocol v1 at the address that the deployment configures, and by no other. */
export const zhongzhaoHulian = registeredPlatform({
  id: 'zhongzhao-hulian',
  name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
  hotline: '400-666-4230',
  facts: {
    published: [
      {
        'zh-CN': '证书在手机 App 里；服务热线 400-666-4230。',
        en: 'Certificates are in a phone app; its hotline is 400-666-4230.',
      },
      {
        'zh-CN': '网页与 App 之间是平台的前置机：网页向前置机要二维码并查询状态，不直接连接手机。',
        en: 'A front server of the platform stands between page and app: the page asks it for the QR and for its state.',
      },
      {
        'zh-CN': '签章七步：二维码、扫码状态、扫码人、印章列表、选章与定位、交待签摘要、取回签名值。',
        en: 'Sealing in seven steps: QR, scan state, who scanned, list of seals, seal and place, digest up, signature back.',
      },
      {
        'zh-CN': '授权解密：扫码得到访问令牌，上传数字信封，返回对称密钥，由本机控件解密文件。',
        en: 'Authorised decryption: an access token by scan, envelopes up, symmetric key down, the file opened on the PC.',
      },
    ],
    awaits: [
      {
        'zh-CN': '前置机的地址、消息名称和鉴权方式。',
        en: 'Address, message names and authentication of the front server.',
      },
      {
        'zh-CN': '二维码内容、有效期和状态名称。',
        en: 'Content and lifetime of the QR, and the names of its states.',
      },
      {
        'zh-CN': '登录、数据签名、撤章和加密的接口页面。',
        en: 'The interface pages of login, message signature, revocation and encryption.',
      },
      {
        'zh-CN': '平台自有电脑客户端的端口和消息。',
        en: 'Ports and messages of the platform’s own PC clients.',
      },
    ],
  },
});
