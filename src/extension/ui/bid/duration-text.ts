import type { BidText } from '../text/bid-text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A wait in its two largest units, rounded down to the minute; empty below one. */
export function durationText(milliseconds: number, words: BidText['openingTime']['units']): string {
  const amount = (word: (count: number) => string, count: number): string => (count > 0 ? word(count) : '');
  const days = amount(words.days, Math.floor(milliseconds / day));
  const hours = amount(words.hours, Math.floor((milliseconds % day) / hour));
  const minutes = amount(words.minutes, Math.floor((milliseconds % hour) / minute));
  return (days === '' ? [hours, minutes] : [days, hours]).filter((part) => part !== '').join(' ');
}
