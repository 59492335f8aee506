import { describe, expect, it, test } from 'vitest';
import { finding, type VerificationReport } from '../../../src/protocol/verification.ts';
import { reportText } from '../../../src/signatures/report-text.ts';
import { dataFile, verify } from './trusted-world.ts';

const inShanghai = { language: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;
const inEnglish = { language: 'en', timeZone: 'Asia/Shanghai' } as const;
const signature = {
  name: 'Seal-1',
  kind: 'cms',
  verdict: 'invalid',
  coverage: 'revision',
  findings: [finding('digestMismatch', { part: 'Doc_0/Pages/Page_0/Content.xml', count: 3 })],
} as const;
const report: VerificationReport = {
  kind: 'pdf',
  verdict: 'invalid',
  findings: [],
  signatures: [{ ...signature, findings: [...signature.findings], changes: [{ kind: 'page', page: 2 }] }],
};
const withName = (name: string): VerificationReport => ({
  ...report,
  signatures: report.signatures.map((one) => ({ ...one, name })),
});

describe('a name from the file', () => {
  test.each([
    ['an escape sequence', 'a\u001b[2Jb'],
    ['a line end', 'a\n   结论：有效'],
    ['a carriage return', 'a\rb'],
    ['a turn of the direction of writing', 'a\u202eb'],
    ['a line separator', 'a\u2028b'],
  ])('cannot steer the terminal with %s', (_, name) => {
    const text = reportText(withName(name), inShanghai);
    expect(text).not.toContain(name);
    expect(text.split('\n')).toHaveLength(reportText(report, inShanghai).split('\n').length);
  });
});

describe('a report in words', () => {
  it('says in Chinese what was found, where, and what it means', () => {
    expect(reportText(report, inShanghai)).toBe(`PDF 文件：无效

1. 签名 “Seal-1”
   结论：无效
   保护范围：签名时的完整版本，之后文件有增加
   之后的改动：改动页面 (第 2 页)
   [错误] 内容被改动 (Doc_0/Pages/Page_0/Content.xml，共 3 处)
       签名之后内容有改动，与签名时不一致。
`);
  });

  it('says the same in English', () => {
    expect(reportText(report, inEnglish)).toContain('Changed after: page altered (page 2)');
    expect(reportText(report, inEnglish)).toMatch(/^PDF: INVALID\n/);
  });

  it('names signer, seal and time of a seal that another implementation made', async () => {
    const text = reportText(await verify(await dataFile('v4signed.ofd'), { anchors: [] }), inShanghai);
    expect(text).toContain('OFD 文件：无法判断');
    expect(text).toContain('签名人：全国统一发票监制章国家税务总局重庆市税务局，融易算电子发票服务平台');
    expect(text).toContain('电子签章：测试全国统一发票监制章国家税务总局重庆市税务局 (50011200000399)');
    expect(text).toContain('签名时间：2020-10-10 15:11:20');
    expect(text).toContain('[无法判断] 没有可用的信任根');
  });
});
