import { displayableName } from '../../../lib/displayable-name.ts';
import { throttleProgress, type ThrottledProgress } from '../../runtime/throttled-progress.ts';
import type { Text } from '../language.ts';

/** What is being done with a file. */
export type Phase = 'reading' | 'encrypting' | 'decrypting' | 'checking';

export const phaseTexts: Readonly<Record<Phase, Text>> = {
  reading: { 'zh-CN': '读取', en: 'reading' },
  encrypting: { 'zh-CN': '加密并回读检查', en: 'encrypting and reading back' },
  decrypting: { 'zh-CN': '解密', en: 'decrypting' },
  checking: { 'zh-CN': '检查', en: 'checking' },
};

/** The last line of a terminal, which tells how far the work is. */
export interface ProgressLine {
  /** Begins anew for a file, and gives what takes its progress. */
  begin(name: string, phase: string): (done: number, total: number) => void;
  /** Empties the line for others to write. */
  clear(): void;
}

const eraseLine = '\r\u001b[K';

/** @param write to a terminal; nothing is written without */
export function createProgressLine(write: ((text: string) => void) | undefined): ProgressLine {
  let current: ThrottledProgress | undefined;
  const clear = () => {
    current?.end();
    if (current !== undefined) write?.(eraseLine);
    current = undefined;
  };
  return {
    clear,
    begin(name, phase) {
      clear();
      if (write === undefined) return () => undefined;
      const shown = [...displayableName(name)].slice(0, 30).join('');
      current = throttleProgress((done, total) =>
        write(`${eraseLine}${shown} ${phase} ${percent(done, total)}%`),
      );
      return current.report;
    },
  };
}

function percent(done: number, total: number): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}
