import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Locale } from '../../../protocol/errors.ts';
import { en } from './en.ts';
import type { UiText } from './ui-text.ts';
import { zhCn } from './zh-cn.ts';

/** All texts, by locale. */
export const uiTexts: Readonly<Record<Locale, UiText>> = { 'zh-CN': zhCn, en };

/** Provides the page's locale to its components. */
export const LocaleContext = createContext<Locale>('zh-CN');

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

export function useText(): UiText {
  return uiTexts[useLocale()];
}
