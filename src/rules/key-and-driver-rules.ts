import type { PromptRule } from '../protocol/prompt-rules.ts';
import type { PromptKind, PromptScene } from '../protocol/prompt-kinds.ts';
import { keys, pairs, sceneWords, telling, words } from './rule-words.ts';

type WithoutQr = Exclude<PromptKind, 'qr'>;

const scenes = ['login', 'signature', 'revokeSignature', 'encrypt', 'decrypt', 'messageSignature'] as const;

const not = words('未 没有 无法 没 不能');

const wanting = [
  ...pairs(not, words('插 检测 找到 发现 读 识别 连接')),
  ...pairs(words('请 先 重新 是否 正确 确认 确保'), '插'),
  ...pairs('插', words('好 上 入电脑 入计算 入usb')),
  ...pairs(words('检测 识别 读取 找'), '不'),
  '拔出',
];

const failing = [
  ...pairs(not.slice(0, 3), words('安装 检测 找到 启动 运行 开启 加载 注册 响应 就绪 连')),
  ...pairs(words('检测 加载 启动 初始化 连接 创建 调用'), words('失 不 异')),
  ...words('找不到 版本过低 版本太低 未正确安 没安装 不可用'),
];

const programs = [
  ...pairs(words('本地 证书 签章 加密 ca'), ['服务']),
  ...pairs(words('检测 安装 签名 签章 互认'), ['工具']),
  ...words('控件 驱动 插件 客户端 助手 组件 activex ocx 签章软件 中间件 证书环境 签章环境'),
];

const otherPrograms = words('flash 视频 播放 摄像 打印 pdf阅读 reader office wps 麦克风 字体 微信');

const otherBrowsers = words(
  '请使用ie 仅支持ie 只支持ie 仅限ie 请用ie 必须使用ie 需使用ie 须使用ie 请在ie 非ie 不是ie ie内核 ie模式 到ie 至ie 兼容模式 兼容性视图 ' +
    '使用internet 浏览器不支持 不支持当前 不支持该浏 不支持您 不支持此浏 浏览器版本过 浏览器版本太 浏览器不兼容 更换浏览器 切换浏览器',
);

const pageFeatures = words(
  '最佳 分辨率 浏览效果 video audio canvas html5 iframe 框架 视频 音频 播放 javascript 脚本 cookie',
);

/** Names a scene in passing. */
const passing: Readonly<Partial<Record<PromptScene, string[]>>> = {
  login: ['退出登录', '安全退出', '注销'],
  encrypt: ['加密锁', '加解密'],
};

const rule = (
  kind: WithoutQr,
  scene: PromptScene,
  first: string[],
  also: string[][],
  never: string[],
  confidence: number,
): PromptRule => ({
  id: `${kind.toLowerCase()}-${scene.toLowerCase()}`,
  scene,
  kind,
  words: first,
  also,
  never: [...telling, ...never],
  confidence,
});

/** One rule where the prompt leaves the scene open, and one for each scene that the words around may name. */
const rulesOf = (
  kind: WithoutQr,
  first: string[],
  also: string[][],
  never: string[],
  confidence: number,
): readonly PromptRule[] => [
  rule(kind, 'unknown', first, also, never, confidence),
  ...scenes.map((scene) =>
    rule(
      kind,
      scene,
      first,
      [...also, sceneWords[scene]],
      [...never, ...(passing[scene] ?? [])],
      confidence + 0.01,
    ),
  ),
];

/** What pages say that want a vendor's key, program or browser. */
export const keyAndDriverRules: readonly PromptRule[] = [
  ...rulesOf('driverMissing', failing, [programs], otherPrograms, 0.76),
  ...rulesOf('browserUnsupported', otherBrowsers, [], pageFeatures, 0.74),
  ...rulesOf('keyWanted', wanting, [keys], [], 0.7),
];
