import { isErrorCode } from '../../protocol/error-codes.ts';
import { errorCatalogue, type ErrorText } from '../../protocol/errors.ts';
import { BridgeError } from '../../sdk/ca-bridge.ts';
import type { BidRefusalReason } from '../../verifier/verifier.ts';
import { SiteRefusal } from './site-api.ts';
import type { SiteCode } from './site-codes.ts';

export interface Failure {
  readonly code: string;
  readonly text: ErrorText;
}

const siteTexts: Readonly<Record<Exclude<SiteCode, 'BAD_REQUEST'> | 'NETWORK', ErrorText>> = {
  NETWORK: {
    title: '无法连接交易系统',
    cause: '本页面没有收到交易系统的答复。',
    remedy: '请检查网络后重试。',
  },
  FOREIGN_REQUEST: {
    title: '请求被拒绝',
    cause: '交易系统没有认出这个页面。',
    remedy: '请从系统首页重新进入。',
  },
  NOT_LOGGED_IN: {
    title: '尚未登录',
    cause: '登录已失效或尚未登录。',
    remedy: '请重新登录后再试。',
  },
  TOO_LARGE: {
    title: '文件过大',
    cause: '文件超过了本系统接收的上限。',
    remedy: '请缩小或拆分文件后重新加密上传。',
  },
  PROJECT_UNKNOWN: {
    title: '没有这个项目',
    cause: '系统中没有找到该项目。',
    remedy: '请刷新页面后重试。',
  },
  BID_UNKNOWN: {
    title: '没有这个投标文件',
    cause: '该文件不在系统中，或已被后来上传的同名文件替换。',
    remedy: '请刷新页面，查看已上传的文件。',
  },
  TOO_MANY_BIDS: {
    title: '上传的文件过多',
    cause: '本项目接收的文件已达上限。',
    remedy: '请联系招标代理机构。',
  },
  OPENING_TIME_PASSED: {
    title: '已过投标截止时间',
    cause: '系统没有在开标时间之前收到完整的文件。',
    remedy: '截止后不再接收投标文件，请联系招标代理机构。',
  },
  OPENING_TIME_NOT_REACHED: {
    title: '尚未到开标时间',
    cause: '开标时间之前，任何人都不能开标。',
    remedy: '请等到开标时间再试。',
  },
};

/** What the catalogue's texts do not say of an uploaded file. */
const reasonTexts: Readonly<Partial<Record<BidRefusalReason | 'otherPlaintext', ErrorText>>> = {
  requiredRecipientMissing: {
    title: '交易中心不能解密此文件',
    cause: '加密时没有把交易中心的证书加为解密方。',
    remedy: '请从本页面重新加密并上传。',
  },
  bidderMissing: {
    title: '不是本单位的加密文件',
    cause: '文件不是用当前登录主体的证书加密的。',
    remedy: '请用本单位的证书重新加密，或以相应的主体登录后上传。',
  },
  otherDigest: {
    title: '文件与回执不一致',
    cause: '系统收到的内容与加密回执中的 SM3 值不同，可能在传输中损坏，或选错了文件。',
    remedy: '请重新上传回执所对应的加密文件。',
  },
  otherPlaintext: {
    title: '解密结果与上传的文件不一致',
    cause: '解密后的大小与加密文件头不符，或此前登记过另一结果。',
    remedy: '请用系统中的加密文件重新解密。',
  },
};

const fallback: ErrorText = {
  title: '操作未完成',
  cause: '交易系统没有接受这次操作。',
  remedy: '请刷新页面后重试。',
};

/** What went wrong, in words for the bidder. */
export function failureOf(error: unknown): Failure {
  if (error instanceof BridgeError) return catalogued(error.code) ?? { code: error.code, text: fallback };
  if (!(error instanceof SiteRefusal)) return { code: 'NETWORK', text: siteTexts.NETWORK };
  const { code, reason } = error;
  const ofReason = reason !== undefined && Object.hasOwn(reasonTexts, reason);
  const text = ofReason ? reasonTexts[reason as BidRefusalReason] : undefined;
  if (text !== undefined) return { code, text };
  const ofSite = Object.hasOwn(siteTexts, code) ? siteTexts[code as keyof typeof siteTexts] : fallback;
  return catalogued(code) ?? { code, text: ofSite };
}

/** The catalogue's words for one of its codes. */
export function catalogued(code: string): Failure | undefined {
  return isErrorCode(code) ? { code, text: errorCatalogue[code].text['zh-CN'] } : undefined;
}
