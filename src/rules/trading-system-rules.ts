import type { PlatformId } from '../protocol/platform-ids.ts';
import type { PromptRule } from '../protocol/prompt-rules.ts';
import type { Scene } from '../protocol/scenes.ts';
import {
  directory,
  otherLogins,
  otherScene,
  otherUse,
  scan,
  scanWords,
  sceneWords,
  weChat,
} from './rule-words.ts';

const scenes = ['login', 'messageSignature', 'signature', 'revokeSignature', 'encrypt', 'decrypt'] as const;

const apps: Readonly<Record<PlatformId, { readonly names: string[]; readonly never: string[] }>> = {
  'zhongzhao-hulian': { names: ['中招互连', '中招互联'], never: weChat },
  // Its certificates are applied for, and partly used, in a WeChat mini program.
  'yue-qi-qian': { names: ['粤企签'], never: [] },
  'yun-you-cai': { names: ['云优采', '北京ca'], never: weChat },
};

/** A prompt that names one platform; one that names several is any platform's. */
function rulesOf(platform: PlatformId): readonly PromptRule[] {
  const { names, never } = apps[platform];
  const others = Object.values(apps).flatMap((app) => (app.names === names ? [] : app.names));
  const notThis = [...otherUse, ...never, ...others];
  const of = (scene: Scene): readonly PromptRule[] => [
    {
      id: `${platform}-scan-${scene.toLowerCase()}`,
      scene,
      kind: 'qr',
      words: scanWords[scene],
      also: [names],
      never: notThis,
      platform,
      confidence: 0.95,
    },
    {
      id: `${platform}-${scene.toLowerCase()}`,
      scene,
      kind: 'qr',
      words: sceneWords[scene],
      also: [names, scan],
      never: [...notThis, ...otherScene[scene]],
      platform,
      confidence: scene === 'revokeSignature' ? 0.79 : 0.78,
    },
  ];
  return [
    ...scenes.flatMap(of),
    {
      id: `${platform}-unknown`,
      scene: 'unknown',
      kind: 'qr',
      words: names,
      also: [scan],
      never: [...notThis, ...directory],
      platform,
      confidence: 0.6,
    },
  ];
}

/** The trading system 2.0 as its guide shows it: the shared entrance, and the three platforms that it names. */
export const tradingSystemRules: readonly PromptRule[] = [
  {
    id: 'shared-entrance',
    scene: 'login',
    kind: 'qr',
    words: ['全国共享互认ca', '全国互认ca', '共享互认ca', '全国互认移动数字证书'],
    also: [[...scan, ...sceneWords.login]],
    never: [...otherUse, ...weChat, ...otherLogins, ...directory.slice(0, 7)],
    confidence: 0.7,
  },
  ...rulesOf('zhongzhao-hulian'),
  ...rulesOf('yue-qi-qian'),
  ...rulesOf('yun-you-cai'),
];
