import { useLocale } from './text/text-context.ts';

interface DateTexts {
  /** Day and minute of an ISO 8601 instant, on this computer's clock. */
  readonly instant: (iso: string) => string;
  readonly day: (iso: string) => string;
}

/** Dates in the page's language; what is no date stays as it is. */
export function useDateText(): DateTexts {
  const locale = useLocale();
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, options);
    return (iso: string): string => {
      const date = new Date(iso);
      return Number.isNaN(date.getTime()) ? iso : formatter.format(date);
    };
  };
  return {
    instant: format({ dateStyle: 'medium', timeStyle: 'medium' }),
    day: format({ dateStyle: 'medium' }),
  };
}
