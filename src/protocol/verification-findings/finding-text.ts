import type { Locale } from '../errors/catalogue-entry.ts';
import type { FindingCode, findingCodes, FindingGroup } from '../finding-codes.ts';

export interface FindingText {
  /** A few words: what was found. */
  readonly title: string;
  /** One or two sentences: what it means for whoever relies on the file. */
  readonly explanation: string;
}

export type FindingTexts = Readonly<Record<Locale, FindingText>>;

type CodeOf<Group extends FindingGroup> = {
  [Code in FindingCode]: (typeof findingCodes)[Code]['group'] extends Group ? Code : never;
}[FindingCode];

/** The texts of one group; a code of the group without texts does not compile. */
export type GroupFindings<Group extends FindingGroup> = Readonly<Record<CodeOf<Group>, FindingTexts>>;

type Words = readonly [title: string, explanation: string];

/** A finding's words in Chinese and in English. */
export function words(chinese: Words, english: Words): FindingTexts {
  const toText = ([title, explanation]: Words): FindingText => ({ title, explanation });
  return { 'zh-CN': toText(chinese), en: toText(english) };
}
