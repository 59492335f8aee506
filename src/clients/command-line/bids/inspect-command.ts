import type { RecipientMatch } from '../../../bid/bid-recipients.ts';
import { createHandleSource } from '../../runtime/files/handle-source.ts';
import { readCertificateFiles } from '../certificate-files.ts';
import { UsageError, type Command } from '../command.ts';
import { openInput } from '../files/open-input.ts';
import { shownPath } from '../shown-path.ts';
import { inspectExits } from './bid-exits.ts';
import { failureOf } from './failure.ts';
import { inspectFile, type Inspection } from './inspect-file.ts';
import { parseInspectOptions, type InspectOptions } from './inspect-options.ts';
import { inspectionText } from './inspection-text.ts';

/** `ca-bridge inspect FILE`: what an encrypted file says of itself. */
export const inspectCommand: Command = {
  summary: {
    'zh-CN': '查看加密文件由谁解密、是否完好',
    en: 'show who can decrypt a file, and whether it is whole',
  },
  usage: {
    'zh-CN': `用法：ca-bridge inspect 文件 [选项]

不用任何密钥，显示加密文件的格式、大小和能解密的证书，并检查文件头和长度；内容要到解密时才能检查。

  --certificate 证书  看这张证书（PEM 或 DER）能否解密
  --json              以 JSON 输出
  --lang zh-CN|en     输出的语言
  --help              显示本说明

退出码：0 文件头和长度正确，所给证书能解密；1 文件头和长度正确，所给证书不能解密；2 不是加密文件，或文件头、长度不对；
3 文件不能读取；64 用法有误或证书文件打不开。
`,
    en: `Usage: ca-bridge inspect FILE [OPTIONS]

Shows format, size and recipients of an encrypted file without any key, and checks its header and its length. What it
holds is checked when it is decrypted.

  --certificate FILE  whether this certificate (PEM or DER) opens it
  --json              print JSON
  --lang zh-CN|en     language of the output
  --help              show this

Exit code: 0 header and length are right, and the given certificate opens it; 1 they are right, the given certificate does
not open it; 2 no encrypted file, or header or length are wrong; 3 it cannot be read; 64 wrong usage, or the certificate's
file cannot be opened.
`,
  },
  usageExit: inspectExits.usage,
  async run(args, context) {
    const options = parseInspectOptions(args);
    const language = options.language ?? context.language;
    const { file: input, json } = options;
    const write = (value: object) => context.write(`${JSON.stringify({ input, ...value }, null, 2)}\n`);
    try {
      const inspection = await inspect(options);
      if (json) write(inspection);
      else context.write(inspectionText(input, inspection, language));
      return exitOf(inspection);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const { code, text } = failureOf(error);
      if (json) write({ code, message: text[language] });
      context.writeError(`ca-bridge: ${shownPath(input)}: ${text[language]}\n`);
      return inspectExits.unreadable;
    }
  },
};

async function inspect({ file, certificate }: InspectOptions): Promise<Inspection> {
  const own = certificate === undefined ? undefined : (await readCertificateFiles([certificate]))[0];
  const handle = await openInput(file);
  try {
    return await inspectFile(await createHandleSource(handle, new AbortController().signal), own);
  } finally {
    await handle.close();
  }
}

function exitOf({ code, match }: Inspection): number {
  if (code !== undefined) return inspectExits.notSound;
  return match === undefined || opens[match] ? inspectExits.sound : inspectExits.certificateOther;
}

const opens: Readonly<Record<RecipientMatch, boolean>> = {
  same: true,
  sameKey: true,
  replaced: false,
  other: false,
};
