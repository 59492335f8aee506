/** What is read of a terminal. */
export interface SecretInput {
  setRawMode(isRaw: boolean): unknown;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  removeListener(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface SecretQuestion {
  readonly input: SecretInput;
  readonly write: (text: string) => void;
  readonly prompt: string;
  readonly signal: AbortSignal;
}

const keys = { interrupt: 0x03, end: 0x04, erase: [0x7f, 0x08], enter: [0x0d, 0x0a], clear: 0x15 } as const;
const most = 4_096;

/**
 * Asks for a line on a terminal that does not show what is typed.
 * @returns its bytes, to be overwritten by the caller; undefined where the user gives up (Ctrl-C, Ctrl-D) or the signal is
 *   aborted
 */
export function askSecret({ input, write, prompt, signal }: SecretQuestion): Promise<Uint8Array | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  const typed = new Uint8Array(most);
  let size = 0;
  const erase = () => {
    // A character of UTF-8: its continuation bytes, and the one before them.
    while (size > 0 && ((typed[size - 1] ?? 0) & 0xc0) === 0x80) size -= 1;
    size = Math.max(0, size - 1);
  };
  return new Promise((resolve) => {
    const end = (isGiven: boolean) => {
      const line = isGiven ? typed.slice(0, size) : undefined;
      typed.fill(0);
      input.removeListener('data', take);
      signal.removeEventListener('abort', giveUp);
      input.setRawMode(false);
      input.pause();
      write('\n');
      resolve(line);
    };
    const giveUp = () => end(false);
    const take = (bytes: Uint8Array) => {
      const outcome = bytes.reduce<boolean | undefined>((known, byte) => known ?? takeByte(byte), undefined);
      bytes.fill(0);
      if (outcome !== undefined) end(outcome);
    };
    /** True when the line is given, false when the user gives up. */
    const takeByte = (byte: number): boolean | undefined => {
      if (keys.enter.some((key) => key === byte)) return true;
      if (byte === keys.interrupt || byte === keys.end) return false;
      if (keys.erase.some((key) => key === byte)) erase();
      else if (byte === keys.clear) size = 0;
      else if (byte >= 0x20 && size < most) {
        typed[size] = byte;
        size += 1;
      }
      return undefined;
    };
    // What is typed as soon as the prompt is seen must not be shown.
    input.setRawMode(true);
    write(prompt);
    input.on('data', take);
    signal.addEventListener('abort', giveUp, { once: true });
    input.resume();
  });
}
