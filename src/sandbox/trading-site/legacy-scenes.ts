import type { Scene } from '../../protocol/scenes.ts';

/** What a page of the old kind says around its QR. */
export interface LegacyWords {
  readonly title: string;
  readonly tip: string;
  /** What the request is about; none for a login. */
  readonly document?: string;
}

export const legacyScenes: Readonly<Record<Scene, LegacyWords>> = {
  login: { title: '扫码登录', tip: '请使用已启用的全国互认APP（中招互连）扫描二维码登录' },
  messageSignature: {
    title: '数字签名',
    tip: '请使用中招互连APP扫描二维码，对报名确认书进行签名',
    document: '报名确认书.txt',
  },
  signature: {
    title: '扫码签章',
    tip: '请使用中招互连APP扫描二维码，对投标函进行签章',
    document: '投标函.pdf',
  },
  revokeSignature: {
    title: '撤章',
    tip: '请使用中招互连APP扫描二维码，撤销投标函上的签章',
    document: '投标函（已签章）.pdf',
  },
  encrypt: {
    title: '投标文件加密',
    tip: '请使用中招互连APP扫描二维码，用移动数字证书加密投标文件',
    document: '投标文件.pdf',
  },
  decrypt: {
    title: '投标文件解密',
    tip: '请使用加密时所用的移动数字证书，打开中招互连APP扫描二维码解密',
    document: '投标文件.pdf.cabid',
  },
};

export function isLegacyScene(value: unknown): value is Scene {
  return typeof value === 'string' && Object.hasOwn(legacyScenes, value);
}
