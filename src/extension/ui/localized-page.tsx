import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Locale } from '../../protocol/errors.ts';
import { localeOf } from '../../protocol/locale.ts';
import type { Language } from '../../protocol/settings.ts';
import type { BackgroundClient } from './background-client.ts';
import { LocaleContext, uiTexts } from './text/text-context.ts';
import { useBackgroundState } from './use-background-state.ts';

interface LocalizedPageProps {
  readonly client: BackgroundClient;
  /** Of the browser, as it names it. */
  readonly browserLanguage: string;
  readonly children: ComponentChildren;
}

/** A page in the language that the user chose, followed as it changes; until it is known, in the browser's. */
export function LocalizedPage({ client, browserLanguage, children }: LocalizedPageProps): VNode {
  const { snapshot } = useBackgroundState(client);
  const locale = localeIn(snapshot?.language ?? 'auto', browserLanguage);
  // Before the effects of the page itself, which may give it a title of its own.
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.title = uiTexts[locale].product;
  }, [locale]);
  return <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>;
}

function localeIn(language: Language, browserLanguage: string): Locale {
  return language === 'auto' ? localeOf(browserLanguage) : language;
}
