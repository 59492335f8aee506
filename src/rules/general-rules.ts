import type { PromptRule } from '../protocol/prompt-rules.ts';
import type { Scene } from '../protocol/scenes.ts';
import {
  certificate,
  directory,
  otherLogins,
  otherScene,
  otherUse,
  scan,
  scanWords,
  sceneWords,
  weChat,
} from './rule-words.ts';

type BidScene = Exclude<Scene, 'login'>;

const notAnotherUse = [...otherUse, ...weChat];
const notAnotherLogin = [...notAnotherUse, ...otherLogins];

/** 扫码签章, 解密二维码: nobody but a certificate's app seals, encrypts and opens by a QR. */
const scanned = (scene: BidScene): PromptRule => ({
  id: `general-scan-${scene.toLowerCase()}`,
  scene,
  kind: 'qr',
  words: scanWords[scene],
  never: notAnotherUse,
  confidence: 0.86,
});

/** What is scanned with, where no word says certificate. */
const phone = [...certificate, 'app', '手机'];

/** The scene is named somewhere, the scan somewhere else. */
const named = (scene: Scene, confidence = 0.74): PromptRule => ({
  id: `general-${scene.toLowerCase()}`,
  scene,
  kind: 'qr',
  words: sceneWords[scene],
  also: [scan, scene === 'login' ? certificate : phone],
  never: [...(scene === 'login' ? notAnotherLogin : notAnotherUse), ...otherScene[scene]],
  confidence,
});

/** QRs of any certificate's app. */
export const generalRules: readonly PromptRule[] = [
  scanned('messageSignature'),
  scanned('signature'),
  scanned('revokeSignature'),
  scanned('encrypt'),
  scanned('decrypt'),
  named('login'),
  named('messageSignature', 0.73),
  named('signature'),
  // 撤销签章 says 签章 too.
  named('revokeSignature', 0.75),
  named('encrypt'),
  named('decrypt'),
  {
    id: 'general-scan-login',
    scene: 'login',
    kind: 'qr',
    words: scanWords.login,
    also: [certificate],
    never: notAnotherLogin,
    confidence: 0.88,
  },
  {
    id: 'general-plain-login',
    scene: 'login',
    kind: 'qr',
    words: scanWords.login,
    never: notAnotherLogin,
    confidence: 0.5,
  },
  {
    id: 'general-unknown',
    scene: 'unknown',
    kind: 'qr',
    words: certificate,
    also: [scan],
    never: [...notAnotherUse, ...directory],
    confidence: 0.45,
  },
];
