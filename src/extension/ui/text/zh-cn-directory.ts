import type { DirectoryText } from './directory-text.ts';

export const zhCnDirectory: DirectoryText = {
  title: '数字证书办理',
  intro: '本系统支持的移动数字证书（CA）。请自行选择一个已启用的平台办理，办好后用它的 App 扫码。',
  groups: { mutual: '全国互认移动数字证书（CA）', other: '其他数字证书（CA）' },
  none: '暂无。',
  moreToCome: '其他全国互认平台陆续开通中。',
  states: { enabled: '已启用', comingSoon: '陆续开通中' },
  byPolicy: '由管理员提供',
  serves: '可用于',
  hotline: '服务热线',
  phoneSystems: '手机系统',
  systems: { android: '安卓', harmony: '鸿蒙', ios: '苹果（iOS）' },
  unpublished: '未公布',
  manual: '办理手册',
  driver: '驱动下载',
  app: 'App 下载',
  account: '公众号',
  qrName: (what, platform) => `${platform}${what}二维码`,
  open: {
    of: (what, platform) => `${platform}：${what}`,
    leadsTo: '将在新标签页打开',
    check: '请核对网址属于该平台再打开。',
    confirm: '打开',
  },
  ready: {
    heading: '办好之后',
    next: '在投标截止前，用“扫码签章检测”走一遍真实流程，并确认下面两个客户端都已安装。',
  },
};
