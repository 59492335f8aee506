import type { Certificate } from '../../../gm/certificate.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { readCertificateFiles } from '../certificate-files.ts';
import type { Command, CommandContext } from '../command.ts';
import { readPassphraseFile } from '../keys/passphrase-file.ts';
import { readPrivateKey, type AskPassphrase } from '../keys/read-private-key.ts';
import type { Language } from '../language.ts';
import { shownPath } from '../shown-path.ts';
import { bidExits } from './bid-exits.ts';
import { createBidWriter, linesOf } from './bid-words.ts';
import { decryptFile, type DecryptedBid } from './decrypt-file.ts';
import { parseDecryptOptions, type DecryptOptions } from './decrypt-options.ts';
import { outputFolder } from './output-option.ts';
import { runBids } from './run-bids.ts';
import type { KeyHolder } from './unlock-bid.ts';

/** `ca-bridge decrypt FILE…`: decrypts files by a key that lies in a file. */
export const decryptCommand: Command = {
  summary: { 'zh-CN': '用私钥文件解密文件', en: 'decrypt files by a private key in a file' },
  usage: {
    'zh-CN': `用法：ca-bridge decrypt 文件… --key 私钥 --certificate 证书 [选项]

解密加密的投标文件或国密数字信封。每一块检查无误后才写出，全部完成后才以原名出现；已有的文件不会被覆盖。

  --key 私钥              加密证书的 SM2 私钥（PKCS#8 或 SEC1，PEM 或 DER）
  --certificate 证书      该私钥的加密证书（PEM 或 DER）
  --passphrase-file 文件  私钥口令，取其第一行；没有则在终端中询问
  --out 文件              解密后的文件；默认在加密文件旁，用原来的名称
  --out-dir 文件夹        存放解密后文件的文件夹
  --check                 只检查能否解密、每个字节是否完好，不写文件
  --json                  以 JSON 输出
  --lang zh-CN|en         输出的语言
  --help                  显示本说明

退出码：0 全部完成；1 部分完成；2 一个也没有完成；64 用法有误或证书文件打不开；被中断为 128 加信号编号。
`,
    en: `Usage: ca-bridge decrypt FILE... --key KEY --certificate CERTIFICATE [OPTIONS]

Decrypts encrypted bids and GM/T 0010 EnvelopedData. Each chunk is checked before it is written, a file has its original
name only when it is whole, and nothing is overwritten.

  --key FILE              SM2 private key of an encryption certificate (PKCS#8 or SEC1, PEM or DER)
  --certificate FILE      that certificate (PEM or DER)
  --passphrase-file FILE  passphrase of the key: its first line; asked for in a terminal without
  --out FILE              the decrypted file; by default beside the encrypted one, under its original name
  --out-dir FOLDER        folder for the decrypted files
  --check                 only see whether it can be decrypted and every byte is sound; write nothing
  --json                  print JSON
  --lang zh-CN|en         language of the output
  --help                  show this

Exit code: 0 all are decrypted; 1 some are; 2 none is; 64 wrong usage, or the certificate's file cannot be opened; 128 and
the number of the signal after an interruption.
`,
  },
  usageExit: bidExits.usage,
  async run(args, context) {
    const options = parseDecryptOptions(args);
    const { files: inputs, output, check, json } = options;
    const language = options.language ?? context.language;
    return runBids(context, {
      inputs,
      folders: check ? [] : inputs.map((input) => outputFolder(output, input)),
      json,
      language,
      prepare: (signal) => readHolder(options, passphraseOf(options, { context, language, signal })),
      work: (input, holder, work) => decryptFile({ input, output, check, holder }, work),
      release: ({ privateKey }) => void privateKey.fill(0),
      tell: (done) => reportText(done, language),
    });
  },
};

async function readHolder(
  { key, certificate: path }: DecryptOptions,
  askPassphrase: AskPassphrase,
): Promise<KeyHolder> {
  const certificate = await firstCertificate(path);
  return { certificate, privateKey: await readPrivateKey(key, certificate, askPassphrase) };
}

async function firstCertificate(path: string): Promise<Certificate> {
  const [certificate] = await readCertificateFiles([path]);
  if (certificate === undefined) throw new Error('a file of no certificates was read');
  return certificate;
}

interface Asking {
  readonly context: CommandContext;
  readonly language: Language;
  readonly signal: AbortSignal;
}

const prompts = { 'zh-CN': '私钥口令：', en: 'Passphrase of the key: ' } as const;

function passphraseOf(
  { passphraseFile }: DecryptOptions,
  { context, language, signal }: Asking,
): AskPassphrase {
  if (passphraseFile !== undefined) return () => readPassphraseFile(passphraseFile);
  return async () => {
    const { askSecret } = context.terminal;
    if (askSecret === undefined) return undefined;
    const typed = await askSecret(prompts[language], signal);
    if (typed === undefined) throw new CodedError('USER_CANCELLED');
    return typed;
  };
}

const titles = {
  'zh-CN': {
    written: '已解密',
    checked: { bid: '检查无误，未写文件', enveloped: '可以解密，未写文件' },
    renewed: '证书在加密后续期过，密钥未变',
    unprotected: '此格式自身不能发现改动，请核对 SM3',
  },
  en: {
    written: 'Decrypted',
    checked: {
      bid: 'Checked and found right; nothing was written',
      enveloped: 'Can be decrypted; nothing was written',
    },
    renewed: 'The certificate was renewed since, with the same key',
    unprotected: 'This format shows no alteration: compare the SM3',
  },
} as const;

function reportText(done: DecryptedBid, language: Language): string {
  const { words, field, file, recipient, time } = createBidWriter(language);
  const said = titles[language];
  const { output, format, plain, cipher, encryptedAt, certificate, match } = done;
  return linesOf([
    output === undefined
      ? `${said.checked[format]}${words.colon}${cipher.name}`
      : `${said.written}${words.colon}${shownPath(output)}`,
    field(words.format, words.formats[format]),
    ...file(words.cipher, cipher),
    ...file(words.plain, plain),
    ...(format === 'enveloped' ? [`  ${said.unprotected}`] : []),
    ...(encryptedAt === undefined ? [] : [field(words.encryptedAt, time(encryptedAt))]),
    ...recipient(1, certificate),
    ...(match === 'sameKey' ? [`  ${said.renewed}`] : []),
  ]);
}
