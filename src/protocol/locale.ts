import type { Locale } from './errors.ts';

/** The locale for a browser's UI language: Chinese of any kind gets zh-CN, every other language English. */
export function localeOf(uiLanguage: string): Locale {
  return /^zh\b/i.test(uiLanguage) ? 'zh-CN' : 'en';
}
