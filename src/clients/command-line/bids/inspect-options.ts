import { UsageError } from '../command.ts';
import { languageOption } from '../language-option.ts';
import type { Language } from '../language.ts';
import { parseArguments } from './parse-arguments.ts';

export interface InspectOptions {
  readonly file: string;
  readonly certificate: string | undefined;
  readonly json: boolean;
  readonly language: Language | undefined;
}

/** Reads the arguments of `inspect`. @throws UsageError */
export function parseInspectOptions(args: readonly string[]): InspectOptions {
  const { values, positionals } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      certificate: { type: 'string' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  });
  const [file = '', second] = positionals;
  if (second !== undefined) {
    throw new UsageError({ 'zh-CN': '一次只能查看一个文件。', en: 'Inspect one file at a time.' });
  }
  const { certificate, json, lang } = values;
  return { file, certificate, json, language: languageOption(lang) };
}
