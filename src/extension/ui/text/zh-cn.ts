import { zhCnBid } from './zh-cn-bid.ts';
import { zhCnDirectory } from './zh-cn-directory.ts';
import { zhCnDocuments } from './zh-cn-documents.ts';
import { zhCnDriver } from './zh-cn-driver.ts';
import { zhCnMirror } from './zh-cn-mirror.ts';
import { zhCnOptions } from './zh-cn-options.ts';
import { zhCnSelfTest } from './zh-cn-self-test.ts';
import type { UiText } from './ui-text.ts';
import { zhCnVerification } from './zh-cn-verification.ts';

/** Simplified Chinese. */
export const zhCn: UiText = {
  product: 'CA互认桥',
  connecting: '正在连接…',
  reconnecting: '正在重新连接…',
  extensionReloaded: 'CA互认桥 刚刚更新或重新启用。请关闭此窗口，回到网页刷新后重试。',
  close: '关闭',
  scenes: {
    login: { name: '登录', action: '用手机上的数字证书登录此网站' },
    messageSignature: { name: '数据签名', action: '用手机上的数字证书签署网站提交的数据' },
    signature: { name: '签章', action: '在文件上加盖您的电子印章' },
    revokeSignature: { name: '撤章', action: '撤销文件上您的电子印章' },
    encrypt: { name: '加密', action: '用您的加密证书加密投标文件' },
    decrypt: { name: '解密', action: '用您的加密证书解密投标文件' },
  },
  states: {
    requested: () => ({ title: '正在处理请求', next: '请稍候。' }),
    awaitingConsent: () => ({
      title: '请选择证书平台',
      next: '请选择您办理数字证书的手机 App，之后显示二维码。',
    }),
    preparing: (platform) => ({ title: '正在获取二维码', next: `正在联系${platform}，请稍候。` }),
    awaitingScan: (platform) => ({
      title: '请用手机扫码',
      next: `打开“${platform}”App，扫描二维码。`,
    }),
    scanned: () => ({
      title: '已扫码，请在手机上核对数字并输入口令',
      next: '手机上的网址、操作和数字都与这里一致时，再输入口令确认。',
    }),
    arranging: () => ({ title: '手机已确认身份', next: '正在准备签署，请稍候。' }),
    signing: () => ({
      title: '请在手机上核对数字并输入口令',
      next: '手机上的数字和文件都与这里一致时，再输入口令签署。',
    }),
    confirmed: () => ({ title: '已在手机上确认', next: '正在取得并核验结果，请不要关闭此窗口。' }),
    completing: () => ({ title: '正在把结果交给网站', next: '马上就好，请不要关闭此窗口。' }),
    expired: () => ({ title: '二维码已过期', next: '请点“刷新二维码”，再重新扫码。' }),
    succeeded: () => ({ title: '已完成', next: '结果已交给网站，可以回到网页继续操作。' }),
    cancelled: () => ({ title: '已取消', next: '没有向网站提供任何结果。' }),
    failed: () => ({ title: '没有完成', next: '没有向网站提供任何结果。' }),
  },
  site: { asks: '请求来自' },
  platform: {
    legend: '证书平台',
    unchosen: '证书平台',
    unavailable: '尚未开通',
    noneAvailable: '本机还没有开通任何证书平台，请联系管理员，或取消后改用其他登录方式。',
    hotline: (platform) => `${platform}服务热线：`,
  },
  qr: {
    name: (scene, platform) => `${scene}二维码，请用手机上的“${platform}”App 扫描`,
    renew: '刷新二维码',
    enlarge: '放大二维码',
    enlargedName: '放大的二维码',
    shrink: '返回（Esc）',
  },
  matching: {
    label: '核对数字',
    explanation: '手机上应显示同样的数字',
    warning: '数字不同？请在手机上点“拒绝”。',
  },
  countdown: {
    remaining: (clock) => `剩余 ${clock}`,
    announcement: (seconds) => `还剩 ${seconds} 秒`,
    over: '时间到，正在等待平台的消息…',
  },
  steps: {
    scanned: '手机已扫码',
    confirmed: '已在手机上核对并确认',
    checked: '取得并核验结果',
    delivered: '把结果交给网站',
  },
  cancel: '取消',
  errorCode: (code) => `错误码：${code}`,
  prompt: {
    ended: '这个请求已经结束',
    endedNext: '请回到网页。需要时在网页上重新操作。',
    othersWaiting: (count) => `另有 ${count} 个请求在等待`,
    showOther: '查看',
  },
  popup: {
    waiting: '等待中的请求',
    openWindow: '打开扫码窗口',
    siteHeading: '当前网站',
    support: {
      enabled: { title: '已启用', next: '在网页上点“全国共享互认CA入口”即可扫码登录。' },
      needsPermission: { title: '需要您的许可', next: '管理员已列入此网站，还需要您允许后才能使用。' },
      notEnabled: { title: '未启用', next: '如果这是交易系统，请核对网址后启用。' },
      impossible: { title: '此页面不能使用', next: 'CA互认桥 只能在以 https:// 开头的网站上使用。' },
    },
    enable: '在此网站启用',
    enableWarning: '只为交易系统自己的网址启用。如果这个网址是从短信、聊天或搜索广告中打开的，请先核实。',
    enabledNow: '已启用。请刷新网页后使用。',
    enableDeclined: '没有启用：您没有允许浏览器的询问。',
    lastHeading: '上次操作',
    outcome: { succeeded: '已完成', cancelled: '已取消', failed: '没有完成' },
    clientsHeading: '电脑客户端',
    clients: { signature: '签章客户端', encryption: '加密客户端' },
    clientFound: (version) => `已安装，版本 ${version}`,
    checking: '正在检测…',
    recheck: '重新检测',
    toolsHeading: '工具',
    verify: '验章',
    selfTest: '扫码签章检测',
    directory: '数字证书办理',
    options: '设置',
  },
  documents: zhCnDocuments,
  bid: zhCnBid,
  verification: zhCnVerification,
  selfTest: zhCnSelfTest,
  drivers: zhCnDriver,
  mirror: zhCnMirror,
  options: zhCnOptions,
  directory: zhCnDirectory,
};
