import { basename } from 'node:path';
import type { BidFormat } from '../../../protocol/bids.ts';
import type { Command } from '../command.ts';
import type { Language } from '../language.ts';
import { shownPath } from '../shown-path.ts';
import { bidExits } from './bid-exits.ts';
import { createBidWriter, linesOf } from './bid-words.ts';
import { encryptFile, type EncryptedBid } from './encrypt-file.ts';
import { parseEncryptOptions } from './encrypt-options.ts';
import { judgeCertificateFiles } from './judge-certificate-files.ts';
import { outputFolder, outputPath } from './output-option.ts';
import { runBids } from './run-bids.ts';

const endings: Readonly<Record<BidFormat, string>> = { bid: '.cabid', enveloped: '.p7m' };

/** `ca-bridge encrypt FILE…`: encrypts files to certificates. */
export const encryptCommand: Command = {
  summary: { 'zh-CN': '用加密证书加密文件', en: 'encrypt files to certificates' },
  usage: {
    'zh-CN': `用法：ca-bridge encrypt 文件… --to 证书 [选项]

为每个文件生成一个加密文件，写完后回读检查，再打印回执。原文件不作任何改动，已有的文件不会被覆盖。

  --to 证书              加密证书（PEM 或 DER），可重复；第一张是投标人自己的，每张都能解密
  --out 文件             加密文件的路径；默认在原文件旁，名称加 .cabid（信封格式加 .p7m）
  --out-dir 文件夹       存放加密文件的文件夹
  --format bid|enveloped  bid 为投标文件格式（默认）；enveloped 为普通国密数字信封，自身不能发现改动
  --anchors 文件         受信任的 CA 根证书，可重复；没有则不检查证书由谁签发
  --online               向受信任的机构查询吊销列表；不加则不联网
  --json                 以 JSON 输出
  --lang zh-CN|en        输出的语言
  --help                 显示本说明

退出码：0 全部完成；1 部分完成；2 一个也没有完成；64 用法有误或证书文件打不开；被中断为 128 加信号编号。
`,
    en: `Usage: ca-bridge encrypt FILE... --to CERTIFICATE [OPTIONS]

Makes an encrypted file of each file, reads it back and checks it, then prints a receipt. Inputs are never changed, and
nothing is overwritten.

  --to FILE              encryption certificate (PEM or DER), may be repeated; the first is the owner's; each can decrypt
  --out FILE             the encrypted file; by default beside the input, with .cabid (.p7m for enveloped) behind its name
  --out-dir FOLDER       folder for the encrypted files
  --format bid|enveloped  a bid (default), or a plain GM/T 0010 EnvelopedData, which shows no alteration
  --anchors FILE         trusted root certificates, may be repeated; without any, nobody's chain is judged
  --online               ask trusted authorities for revocation lists; nothing is asked of the network without
  --json                 print JSON
  --lang zh-CN|en        language of the output
  --help                 show this

Exit code: 0 all are encrypted; 1 some are; 2 none is; 64 wrong usage, or a certificate's file cannot be opened; 128 and
the number of the signal after an interruption.
`,
  },
  usageExit: bidExits.usage,
  async run(args, context) {
    const options = parseEncryptOptions(args);
    const { files: inputs, format, output, json } = options;
    const language = options.language ?? context.language;
    return runBids(context, {
      inputs,
      folders: inputs.map((input) => outputFolder(output, input)),
      json,
      language,
      prepare: (signal) => judgeCertificateFiles(options, signal),
      work: (input, recipients, work) =>
        encryptFile(
          {
            input,
            output: outputPath(output, input, `${basename(input)}${endings[format]}`),
            format,
            recipients,
          },
          work,
        ),
      tell: (done) => receiptText(done, language),
    });
  },
};

const titles = { 'zh-CN': '已加密，回读检查一致', en: 'Encrypted, read back and found right' } as const;

/** The receipt for people. */
function receiptText({ output, receipt }: EncryptedBid, language: Language): string {
  const { words, field, file, recipient, time } = createBidWriter(language);
  return linesOf([
    `${titles[language]}${words.colon}${shownPath(output)}`,
    field(words.format, words.formats[receipt.format]),
    ...file(words.plain, receipt.plain),
    ...file(words.cipher, receipt.cipher),
    ...receipt.recipients.flatMap((one, index) => recipient(index + 1, one)),
    field(words.encryptedAt, time(receipt.encryptedAt)),
  ]);
}
