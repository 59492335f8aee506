import { UsageError } from '../command.ts';
import { languageOption } from '../language-option.ts';
import type { Language } from '../language.ts';
import { outputOption, type OutputOption } from './output-option.ts';
import { parseArguments } from './parse-arguments.ts';

export interface DecryptOptions {
  readonly files: readonly string[];
  readonly key: string;
  readonly certificate: string;
  readonly passphraseFile: string | undefined;
  readonly output: OutputOption;
  readonly check: boolean;
  readonly json: boolean;
  readonly language: Language | undefined;
}

/** Reads the arguments of `decrypt`. @throws UsageError */
export function parseDecryptOptions(args: readonly string[]): DecryptOptions {
  const { values, positionals: files } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      certificate: { type: 'string' },
      'passphrase-file': { type: 'string' },
      out: { type: 'string' },
      'out-dir': { type: 'string' },
      check: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  });
  const { key, certificate, 'passphrase-file': passphraseFile, check, json, lang } = values;
  const output = outputOption(values, files);
  if (key === undefined || certificate === undefined) {
    throw new UsageError({
      'zh-CN': '请用 --key 给出私钥，用 --certificate 给出其证书。',
      en: 'Give the private key by --key and its certificate by --certificate.',
    });
  }
  if (check && (output.out !== undefined || output.folder !== undefined)) {
    throw new UsageError({
      'zh-CN': '--check 不写文件，不能与 --out、--out-dir 同用。',
      en: '--check writes nothing, so that --out and --out-dir are of no use.',
    });
  }
  return { files, key, certificate, passphraseFile, output, check, json, language: languageOption(lang) };
}
