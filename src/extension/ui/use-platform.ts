import type { SessionView, PlatformChoice } from '../../protocol/ui-messages.ts';
import { useLocale } from './text/text-context.ts';

/** The chosen platform; undefined while the choice is open. */
export function platformOf(session: SessionView): PlatformChoice | undefined {
  return session.choices.find((choice) => choice.id === session.platform);
}

/** Its name in the page's language. */
export function usePlatformName(session: SessionView): string | undefined {
  const locale = useLocale();
  return platformOf(session)?.name[locale];
}
