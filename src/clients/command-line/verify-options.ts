import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';
import type { Language } from './language.ts';
import { languageOption } from './language-option.ts';

export interface VerifyOptions {
  readonly file: string;
  readonly content: string | undefined;
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
  readonly offline: boolean;
  readonly json: boolean;
  readonly language: Language | undefined;
}

/** Reads the arguments of `verify`. @throws UsageError */
export function parseVerifyOptions(args: readonly string[]): VerifyOptions {
  const { values, positionals } = parse(args);
  const [file, second] = positionals;
  if (file === undefined || file === '') {
    throw new UsageError({ 'zh-CN': '请给出要检验的文件。', en: 'Give the file to verify.' });
  }
  if (second !== undefined) {
    throw new UsageError({ 'zh-CN': '一次只能检验一个文件。', en: 'Verify one file at a time.' });
  }
  const { content, anchors, intermediates, crl: crls, offline, json, lang } = values;
  return { file, content, anchors, intermediates, crls, offline, json, language: languageOption(lang) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        content: { type: 'string' },
        anchors: { type: 'string', multiple: true, default: [] },
        intermediates: { type: 'string', multiple: true, default: [] },
        crl: { type: 'string', multiple: true, default: [] },
        offline: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError({ 'zh-CN': `选项有误：${said}`, en: said });
  }
}
