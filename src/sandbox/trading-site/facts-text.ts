const zone = { timeZone: 'Asia/Shanghai' } as const;
const dayAndTime = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'medium', ...zone });
const bytes = new Intl.NumberFormat('zh-CN');
const short = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 1 });
const part = new Intl.NumberFormat('zh-CN', { style: 'percent' });
const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** A moment as people in Zhanjiang read it. */
export function timeText(milliseconds: number): string {
  return `${dayAndTime.format(milliseconds)}（北京时间）`;
}

/** A size both short and exact. */
export function sizeText(size: number): string {
  let value = size / 1_024;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const exact = `${bytes.format(size)} 字节`;
  return size < 1_024 ? exact : `${short.format(value)} ${units[unit]}（${exact}）`;
}

/** Rounded down: 100 % is said only of all. */
export function percentText(value: number): string {
  return part.format(Math.floor(value * 100) / 100);
}

/** Days, hours, minutes and seconds that are left. */
export function remainingText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const days = Math.floor(seconds / 86_400);
  const clock = [(seconds / 3_600) % 24, (seconds / 60) % 60, seconds % 60]
    .map((value) => String(Math.floor(value)).padStart(2, '0'))
    .join(':');
  return days === 0 ? clock : `${days} 天 ${clock}`;
}
