/** 开标时间：2026-12-01 09:00(:00), 2026年12月1日9时00分, 2026/12/1 9点. */
const openingTime =
  /开标时间[^\d]{0,8}(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*T?(\d{1,2})\s*[:：时点](?:\s*(\d{1,2})\s*(?:[:：分]\s*(\d{1,2})?)?)?/;

/** The opening time that `words` name, read as Chinese time (UTC+8), milliseconds since the epoch. */
export function openingTimeIn(words: string): number | undefined {
  const parts = openingTime
    .exec(words)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(time);
  // The 31st of February, or 25 o'clock, would silently be another time.
  const isReal = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && minute < 60 && second < 60;
  return isReal && hour < 24 ? time - 8 * 3_600_000 : undefined;
}
