import type { Locale } from '../protocol/errors/catalogue-entry.ts';
import type { FindingSeverity } from '../protocol/finding-codes.ts';
import type { ChangeKind, Coverage, DocumentKind, Verdict } from '../protocol/verification.ts';

export interface ReportWords {
  readonly kinds: Readonly<Record<DocumentKind, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly severities: Readonly<Record<FindingSeverity, string>>;
  readonly coverages: Readonly<Record<Coverage, string>>;
  readonly changes: Readonly<Record<ChangeKind, string>>;
  readonly cms: string;
  readonly seal: string;
  readonly verdict: string;
  readonly signer: string;
  readonly creditCode: string;
  readonly certificate: string;
  readonly issuer: string;
  readonly validity: string;
  readonly sealMaker: string;
  readonly signedAt: string;
  readonly coverage: string;
  readonly pages: string;
  readonly changedAfter: string;
  readonly parts: (count: number) => string;
  readonly page: (number: number) => string;
  readonly colon: string;
  readonly separator: string;
  readonly quoted: (text: string) => string;
}

export const reportWords: Readonly<Record<Locale, ReportWords>> = {
  'zh-CN': {
    kinds: { pdf: 'PDF 文件', ofd: 'OFD 文件', message: '签名消息', unknown: '文件' },
    verdicts: {
      valid: '有效',
      validWithWarnings: '有效，但有需要注意之处',
      cannotTell: '无法判断',
      invalid: '无效',
    },
    severities: { info: '说明', warning: '注意', unknown: '无法判断', error: '错误' },
    coverages: {
      wholeFile: '整个文件',
      revision: '签名时的完整版本，之后文件有增加',
      partial: '只有文件的一部分',
      content: '所附或所给的原文',
    },
    changes: {
      seal: '增加签名或印章',
      form: '填写表单',
      annotation: '批注',
      page: '改动页面',
      other: '其他改动',
    },
    cms: '签名',
    seal: '电子签章',
    verdict: '结论',
    signer: '签名人',
    creditCode: '统一社会信用代码',
    certificate: '证书序列号',
    issuer: '颁发机构',
    validity: '有效期',
    sealMaker: '制章者',
    signedAt: '签名时间',
    coverage: '保护范围',
    pages: '所在页',
    changedAfter: '之后的改动',
    parts: (count) => `共 ${count} 处`,
    page: (number) => `第 ${number} 页`,
    colon: '：',
    separator: '，',
    quoted: (text) => `“${text}”`,
  },
  en: {
    kinds: { pdf: 'PDF', ofd: 'OFD', message: 'Signed message', unknown: 'File' },
    verdicts: {
      valid: 'valid',
      validWithWarnings: 'valid, with something to note',
      cannotTell: 'cannot tell',
      invalid: 'INVALID',
    },
    severities: { info: 'note', warning: 'warning', unknown: 'cannot tell', error: 'error' },
    coverages: {
      wholeFile: 'the whole file',
      revision: 'the whole file as it was then; something was added since',
      partial: 'part of the file only',
      content: 'the content inside, or the one given',
    },
    changes: {
      seal: 'signature or seal added',
      form: 'form filled in',
      annotation: 'annotation',
      page: 'page altered',
      other: 'other change',
    },
    cms: 'Signature',
    seal: 'Seal',
    verdict: 'Verdict',
    signer: 'Signer',
    creditCode: 'credit code',
    certificate: 'Certificate number',
    issuer: 'Issuer',
    validity: 'Validity',
    sealMaker: 'made by',
    signedAt: 'Signed at',
    coverage: 'Protects',
    pages: 'Pages',
    changedAfter: 'Changed after',
    parts: (count) => `${count} in all`,
    page: (number) => `page ${number}`,
    colon: ': ',
    separator: ', ',
    quoted: (text) => `"${text}"`,
  },
};
