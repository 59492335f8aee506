import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits, timeLimits } from '../../../protocol/limits.ts';
import { localServiceTextBytes, localServiceTextFits } from '../../../protocol/local-service-texts.ts';

export interface Batch {
  readonly messages: string[];
  /** Nothing will come after these. */
  readonly closed: boolean;
}

/** Texts that came in and nobody has fetched yet, in order. */
export interface Inbox {
  /** False where it is one too many, or too long: then nothing more is taken. */
  put(text: string): boolean;
  /** Nothing more will come. */
  end(): void;
  /**
   * What is there, as much as one answer holds; waits for something for at most `timeLimits.eventPoll`. One waits at a
   * time: an earlier one gets nothing when another comes. @throws CodedError `REQUEST_ABORTED`
   */
  take(signal: AbortSignal): Promise<Batch>;
}

/** Bytes of all texts of one answer to the browser, as JSON; one text always fits. */
const answerBytes = 1_000_000;

export function createInbox(): Inbox {
  const texts: string[] = [];
  let isEnded = false;
  let wake: (isDisplaced: boolean) => void = () => undefined;

  const end = () => {
    isEnded = true;
    wake(false);
  };
  const batch = (): Batch => {
    let count = 0;
    let bytes = 0;
    for (const text of texts) {
      bytes += localServiceTextBytes(text);
      if (count > 0 && bytes > answerBytes) break;
      count += 1;
    }
    const messages = texts.splice(0, count);
    return { messages, closed: isEnded && texts.length === 0 };
  };
  /** True where another came to wait. */
  const untilSomething = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      wake(true);
      const abort = () => finish(false);
      const finish = (isDisplaced: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        resolve(isDisplaced);
      };
      const timer = setTimeout(finish, timeLimits.eventPoll, false);
      signal.addEventListener('abort', abort);
      wake = finish;
    });

  return {
    put(text) {
      if (isEnded) return false;
      const fits = texts.length < countLimits.localServiceMessages && localServiceTextFits(text);
      if (fits) texts.push(text);
      else isEnded = true;
      wake(false);
      return fits;
    },
    end,
    async take(signal) {
      const waits = !signal.aborted && texts.length === 0 && !isEnded;
      const isDisplaced = waits && (await untilSomething(signal));
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      return isDisplaced ? { messages: [], closed: false } : batch();
    },
  };
}
