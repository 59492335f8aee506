import { UsageError } from './command.ts';
import type { Language } from './language.ts';

/** The value of `--lang`. @throws UsageError */
export function languageOption(lang: string | undefined): Language | undefined {
  if (lang === undefined || lang === 'zh-CN' || lang === 'en') return lang;
  const name = JSON.stringify(lang);
  throw new UsageError({ 'zh-CN': `不认识的语言：${name}`, en: `Unknown language: ${name}` });
}
