import type { Scene } from '../protocol/scenes.ts';

/** A list of words, written with spaces between. */
export const words = (text: string): string[] => text.split(' ');

/** Each of `firsts` before each of `seconds`; single characters where a string is given. */
export const pairs = (firsts: Iterable<string>, seconds: Iterable<string>): string[] => {
  const ends = [...seconds];
  return [...firsts].flatMap((first) => ends.map((second) => first + second));
};

/** What is done with a certificate, as pages name it. */
export const sceneWords: Readonly<Record<Scene, string[]>> = {
  login: ['登录', '登陆'],
  messageSignature: ['签名', '签字确认'],
  signature: words('签章 盖章 用印 加盖 电子印章'),
  revokeSignature: [
    '撤章',
    '章撤销',
    ...pairs(words('撤销 撤回 取消 删除 作废'), words('签章 盖章 电子签章 签名 印章')),
  ],
  encrypt: ['加密'],
  decrypt: ['解密', '解封'],
};

/** Says of a scene's word that the prompt is for something else: 加密锁, 请用加密时的证书解密. */
export const otherScene: Readonly<Record<Scene, string[]>> = {
  login: words('退出登录 安全退出 注销 登录后 已登录 当前登录 登录用户 重新登录'),
  messageSignature: [],
  signature: ['签章客户端', '已签章', '签章后'],
  revokeSignature: [],
  encrypt: ['加密时', '加密所', '加密用', '已加密', '未加密', '加密锁', '加密客户端'],
  decrypt: ['解密时', '用于解密', '无法解密', '后续解密', '加解密'],
};

const ofScene = (scene: Scene): string[] => {
  const names = sceneWords[scene].slice(0, 4);
  return [
    ...pairs(pairs(words('扫码 二维码 扫一扫'), words(' 进行 完成 确认')), names),
    ...pairs(names, words('二维码 扫码 请扫')),
  ];
};

/** 扫码登录, 签章二维码 …: scan and scene in one word. */
export const scanWords: Readonly<Record<Scene, string[]>> = {
  login: ofScene('login'),
  messageSignature: ofScene('messageSignature'),
  signature: ofScene('signature'),
  revokeSignature: ofScene('revokeSignature'),
  encrypt: ofScene('encrypt'),
  decrypt: ofScene('decrypt'),
};

/** A QR is to be scanned. */
export const scan = words('扫码 扫一扫 二维码 扫描');

/** It is about a certificate. */
export const certificate = [
  ...pairs(['ca'], '证数扫登锁用认身二签加解互'),
  ...pairs('动机云易京码', ['ca']),
  ...pairs(words('移动 手机 云 共享 企业 个人 机构 扫码 数字'), ['证书']),
  ...pairs(['证书'], words('登 认证 app 扫 助手')),
  ...words('互认 caapp 电子印章 签章app 中招互 粤企签 云优采 标证通 公采签 移证通 标易信 云签 手机盾 云盾'),
];

/**
 * What else a QR near such words is for: it hands out apps, takes money, leads to accounts and pages. 码… stands for
 * 扫码… and 二维码….
 */
export const otherUse = [
  ...pairs(words('码 描 扫 app 客户端 驱动'), ['下载']),
  ...pairs('码', '办申查阅看咨访领填绑参'),
  ...pairs('码', words('安装 注册 报名 加入 签到 评价 投保 投诉 投票 联系 上传')),
  ...pairs(['手机'], '版访查打'),
  ...pairs(['扫描'], words('件 仪 上传')),
  ...words(
    '下载app 下载客户端 下载二维码 安卓 android 支付 付款 缴费 收款 充值 公众号 服务号 关注 发票 营业执照 客服二维码 进群 流群 ' +
      '问卷 移动端 当前页 分享到 查验 验真 真伪 防伪 手写 拍照 统计 选择扫码 如何 怎么 教程 指南 示意图 如图 下图 ' +
      '常见问题 注意事项',
  ),
];

export const weChat = ['微信', '小程序'];

/** Other ways to log in by a QR. */
export const otherLogins = words(
  '支付宝 钉钉 qq 粤省事 粤商通 政通 政务 社保 统一身份 微博 手机银行 抖音 飞书 云闪付 税务',
);

/** Of a page that shows where to get certificates. */
export const directory = words('手册 下载 办理 申领 开通 资费 指引 退出登录 安全退出');

/** A vendor's key. */
export const keys = [
  ...pairs('a书密码份件业子标的入', '锁'),
  ...words('key 介质 u盾 加密狗 ic卡 智能卡 证书 入ca 到ca'),
];

/** Tells of a prompt instead of being one. */
export const telling = words(
  '怎么办 如何 为什么 什么原因 常见问题 解决办法 解决方法 原因分析 时提示 果提示 系统会 出现提示 会提示 的通知 的公告 须知 ' +
    '如需 如未 若未 如果未 如没有 若没有 如您未 如提示 若提示 未安装的 没有安装的 用于解决 等问题 如果浏 如浏 若浏',
);
