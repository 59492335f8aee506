import type { FileProblemName } from '../files/file-problem.ts';
import type { Text } from '../language.ts';

/** The path in place of `{}`. */
export const fileProblemTexts: Readonly<Record<FileProblemName, Text>> = {
  inputMissing: { 'zh-CN': '找不到文件 {}。', en: 'There is no file {}.' },
  inputNotReadable: { 'zh-CN': '没有读取 {} 的权限。', en: 'No right to read {}.' },
  inputNotAFile: {
    'zh-CN': '{} 不是普通文件（而是文件夹、设备或管道）。',
    en: '{} is no regular file but a folder, a device or a pipe.',
  },
  outputExists: {
    'zh-CN': '{} 已存在，不会覆盖。请移走它，或用 --out、--out-dir 指定别处。',
    en: '{} exists and is not overwritten. Move it away, or name another place by --out or --out-dir.',
  },
  outputFolderMissing: {
    'zh-CN': '文件夹不存在，无法写入 {}。',
    en: 'There is no such folder to write {} to.',
  },
  outputNotWritable: { 'zh-CN': '没有写入 {} 的权限。', en: 'No right to write {}.' },
  outputNameUnusable: {
    'zh-CN': '文件名过长，无法写入 {}。请用 --out 指定别的名称。',
    en: 'The name is too long to write {}. Give another one by --out.',
  },
  keyUnreadable: {
    'zh-CN':
      '{} 中没有可用的 SM2 私钥（PKCS#8 或 SEC1，PEM 或 DER）。以 openssl 旧格式加密的，请先用 openssl pkcs8 -topk8 转换。',
    en: '{} holds no SM2 private key (PKCS#8 or SEC1, PEM or DER). One that is encrypted in the old way of openssl is converted by openssl pkcs8 -topk8.',
  },
  keyEncryptionUnknown: {
    'zh-CN': '{} 的加密方式不受支持（只支持 PBES2 和 PBKDF2）。请用 openssl pkcs8 -topk8 转换。',
    en: '{} is encrypted in another way than PBES2 with PBKDF2. Convert it by openssl pkcs8 -topk8.',
  },
  keyNotOfCertificate: {
    'zh-CN': '{} 中的私钥与 --certificate 所给的证书不是一对。',
    en: 'The key in {} is not that of the certificate given by --certificate.',
  },
  passphraseMissing: {
    'zh-CN': '{} 需要口令。请用 --passphrase-file 给出，或在终端中运行。',
    en: '{} needs a passphrase. Give it by --passphrase-file, or run in a terminal.',
  },
  passphraseWrong: { 'zh-CN': '口令打不开 {}。', en: 'The passphrase does not open {}.' },
};
