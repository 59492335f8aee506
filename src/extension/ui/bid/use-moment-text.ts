import { useLocale, useText } from '../text/text-context.ts';

interface MomentTexts {
  /** Day, minute and zone on this computer's clock. */
  readonly moment: (milliseconds: number) => string;
  /** From a day to a minute, with the zone. */
  readonly validity: (from: number, to: number) => string;
}

/** Instants that a deadline hangs on, in the page's language: never without their zone. */
export function useMomentText(): MomentTexts {
  const locale = useLocale();
  const text = useText().bid;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
  const zones = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });
  const moment = (milliseconds: number): string => {
    const zone =
      zones.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    return text.moment(time.format(milliseconds), zone);
  };
  return { moment, validity: (from, to) => text.validity(day.format(from), moment(to)) };
}
