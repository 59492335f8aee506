import type { Scene } from './scenes.ts';

/** What found prompts are told apart by; without schemas, for the content script. */
export const promptKinds = [
  /** A QR that a certificate app should scan. */
  'qr',
  /** 请插入…锁: the page wants a certificate of a vendor's key or local service. */
  'keyWanted',
  /** 控件未安装, 驱动检测失败: the page does not find the vendor's program. */
  'driverMissing',
  /** 请使用IE: the page was written for another browser. */
  'browserUnsupported',
] as const;

export type PromptKind = (typeof promptKinds)[number];

/** What a prompt is for; `unknown` where the page's words do not tell the scene. */
export const promptScenes = [
  'login',
  'messageSignature',
  'signature',
  'revokeSignature',
  'encrypt',
  'decrypt',
  'unknown',
] as const satisfies readonly (Scene | 'unknown')[];
export type PromptScene = Scene | 'unknown';
