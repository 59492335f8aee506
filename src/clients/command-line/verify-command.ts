import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { CodedError } from '../../protocol/coded-error.ts';
import type { Verdict, VerificationReport } from '../../protocol/verification.ts';
import { reportText } from '../../signatures/report-text.ts';
import { verifyDocument } from '../../signatures/verify-document.ts';
import { fetchRevocationList } from '../certificates/fetch-revocation-list.ts';
import { createHandleSource } from '../runtime/files/handle-source.ts';
import { openFile, readCertificateFiles, readEncodingFiles } from './certificate-files.ts';
import { UsageError, type Command } from './command.ts';
import { parseVerifyOptions, type VerifyOptions } from './verify-options.ts';

/** How `ca-bridge verify` ends. */
export const verifyExits = {
  valid: 0,
  validWithWarnings: 1,
  invalid: 2,
  cannotTell: 3,
} as const satisfies Record<Verdict, number>;

/** `ca-bridge verify FILE`: judges the signatures and seals of a PDF, an OFD or a signed message. */
export const verifyCommand: Command = {
  summary: { 'zh-CN': '检验文件的签名和印章', en: 'verify the signatures and seals of a file' },
  usage: {
    'zh-CN': `用法：ca-bridge verify 文件 [选项]

检验 PDF、OFD 或国密签名消息中的每一个签名和印章，不作任何改动。

  --content 文件        签名与原文分开时的原文
  --anchors 文件        受信任的 CA 根证书（PEM 或 DER），可重复；没有则无法确认签名人
  --intermediates 文件  中级 CA 证书，可重复
  --crl 文件            吊销列表，可重复
  --offline             不到证书所写的地址下载吊销列表
  --json                以 JSON 输出
  --lang zh-CN|en       输出的语言
  --help                显示本说明

退出码：0 有效；1 有效但有需要注意之处；2 无效；3 无法判断；64 用法有误或文件打不开。
`,
    en: `Usage: ca-bridge verify FILE [OPTIONS]

Judges every signature and seal of a PDF, an OFD or a GM signed message; changes nothing.

  --content FILE        what a detached signature is over
  --anchors FILE        trusted root certificates (PEM or DER), may be repeated; without any, nobody can be told
  --intermediates FILE  certificates of authorities between, may be repeated
  --crl FILE            a revocation list, may be repeated
  --offline             do not fetch revocation lists from where certificates say
  --json                print JSON
  --lang zh-CN|en       language of the output
  --help                show this

Exit code: 0 valid; 1 valid with warnings; 2 invalid; 3 cannot tell; 64 wrong usage, or a file cannot be opened.
`,
  },
  usageExit: 64,
  async run(args, context) {
    const options = parseVerifyOptions(args);
    const report = await verifyFiles(options);
    context.write(
      options.json
        ? `${JSON.stringify(report, null, 2)}\n`
        : reportText(report, { language: options.language ?? context.language }),
    );
    return verifyExits[report.verdict];
  },
};

async function verifyFiles(options: VerifyOptions): Promise<VerificationReport> {
  const anchors = await readCertificateFiles(options.anchors);
  const intermediates = await readEncodingFiles(options.intermediates, 'CERTIFICATE');
  const crls = await readEncodingFiles(options.crls, 'X509 CRL');
  const handles: FileHandle[] = [];
  const neverGone = new AbortController().signal;
  const sourceOf = async (path: string) => {
    const handle = await openFile(path);
    handles.push(handle);
    return createHandleSource(handle, neverGone);
  };
  try {
    const file = await sourceOf(options.file);
    return await verifyDocument(file, {
      ...(options.content === undefined ? {} : { content: await sourceOf(options.content) }),
      anchors,
      intermediates,
      crls,
      ...(options.offline ? {} : { fetchCrl: fetchRevocationList }),
      now: new Date(),
      createHash: () => createHash('sm3'),
    });
  } catch (error) {
    if (error instanceof CodedError && error.code === 'FILE_CHANGED') {
      throw new UsageError({
        'zh-CN': '文件在检验时被改动，请重试。',
        en: 'The file changed while it was read; try again.',
      });
    }
    throw error;
  } finally {
    for (const handle of handles) await handle.close();
  }
}
