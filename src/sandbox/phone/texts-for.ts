import { chinese } from './chinese-texts.ts';
import { english } from './english-texts.ts';
import type { Texts } from './texts.ts';

/** Chinese, unless the browser's language is another one. */
export function textsFor(language: string): Texts {
  return /^zh\b/i.test(language) ? chinese : english;
}
