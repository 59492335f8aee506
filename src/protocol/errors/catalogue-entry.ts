import type { ErrorCode, errorGroups, ErrorGroup } from '../error-codes.ts';

export type Locale = 'zh-CN' | 'en';

export interface ErrorText {
  /** A few words: what happened. */
  readonly title: string;
  /** One sentence: why. */
  readonly cause: string;
  /** One sentence: the next step of whoever can act. */
  readonly remedy: string;
}

export interface CatalogueEntry {
  /** Whether asking again, with nothing else changed, can help. */
  readonly retry: boolean;
  readonly text: Readonly<Record<Locale, ErrorText>>;
}

type CodeOf<Group extends ErrorGroup> = {
  [Code in ErrorCode]: (typeof errorGroups)[Code] extends Group ? Code : never;
}[ErrorCode];

/** The entries of one group; a code of the group without an entry does not compile. */
export type GroupEntries<Group extends ErrorGroup> = Readonly<Record<CodeOf<Group>, CatalogueEntry>>;

type Words = readonly [title: string, cause: string, remedy: string];

/** An entry from its words in Chinese and in English. */
export function entry(retry: boolean, chinese: Words, english: Words): CatalogueEntry {
  const toText = ([title, cause, remedy]: Words): ErrorText => ({ title, cause, remedy });
  return { retry, text: { 'zh-CN': toText(chinese), en: toText(english) } };
}
