import { describe, expect, it, test } from 'vitest';
import { askSecret, type SecretInput } from '../../../../../src/clients/command-line/keys/ask-secret.ts';
import { readPassphraseFile } from '../../../../../src/clients/command-line/keys/passphrase-file.ts';
import { openDesk } from '../files/desk.ts';

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');

/** A terminal that somebody types at. */
function createKeyboard() {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const states: string[] = [];
  const input: SecretInput = {
    setRawMode: (isRaw) => states.push(isRaw ? 'raw' : 'cooked'),
    on: (_, listener) => listeners.add(listener),
    removeListener: (_, listener) => listeners.delete(listener),
    resume: () => states.push('reading'),
    pause: () => states.push('paused'),
  };
  const type = (keys: string): Uint8Array => {
    const bytes = Uint8Array.from(Buffer.from(keys));
    for (const listener of listeners) listener(bytes);
    return bytes;
  };
  return { input, type, states, listeners };
}

function ask(signal = new AbortController().signal) {
  const keyboard = createKeyboard();
  let shown = '';
  const answer = askSecret({
    input: keyboard.input,
    write: (said) => (shown += said),
    prompt: '口令：',
    signal,
  });
  return { ...keyboard, answer, shown: () => shown };
}

describe('asked for on a terminal', () => {
  test.each([
    ['abc\r', 'abc'],
    ['口令 1\n', '口令 1'],
    ['\r', ''],
    ['ab\u007fc\r', 'ac'],
    ['口令\u007f1\r', '口1'],
    ['\u007f\u007fa\b\bb\r', 'b'],
    ['wrong\u0015right\r', 'right'],
    ['a\u001b\tb\r', 'ab'],
    ['abc\rdef', 'abc'],
  ])('%j gives %j, and shows nothing of it', async (keys, line) => {
    const { type, answer, shown, states, listeners } = ask();
    type(keys);
    expect(text(await answer)).toBe(line);
    expect(shown()).toBe('口令：\n');
    expect(states).toEqual(['raw', 'reading', 'cooked', 'paused']);
    expect(listeners.size).toBe(0);
  });

  it('key by key is the same', async () => {
    const { type, answer } = ask();
    for (const key of ['口', '令', '\u007f', 'x', '\r']) type(key);
    expect(text(await answer)).toBe('口x');
  });

  test.each(['\u0003', 'abc\u0003', '\u0004'])('%j gives up', async (keys) => {
    const { type, answer, states } = ask();
    type(keys);
    expect(await answer).toBeUndefined();
    expect(states.at(-2)).toBe('cooked');
  });

  it('an interruption gives up, before and while it is typed', async () => {
    const controller = new AbortController();
    const { type, answer } = ask(controller.signal);
    type('ab');
    controller.abort();
    expect(await answer).toBeUndefined();
    expect(await ask(controller.signal).answer).toBeUndefined();
  });

  it('what came from the terminal is overwritten', async () => {
    const { type, answer } = ask();
    const typed = type('secret\r');
    await answer;
    expect([...typed].every((byte) => byte === 0)).toBe(true);
  });
});

describe('in a file', () => {
  test.each([
    ['abc', 'abc'],
    ['abc\n', 'abc'],
    ['口令 1\r\nmore\n', '口令 1'],
    [' abc \n', ' abc '],
  ])('%j is %j', async (content, passphrase) => {
    const desk = await openDesk();
    expect(text(await readPassphraseFile(await desk.put('passphrase', content)))).toBe(passphrase);
  });

  test.each(['', '\n', '\nabc', 'x'.repeat(5_000)])('%j is none', async (content) => {
    const desk = await openDesk();
    const path = await desk.put('passphrase', content);
    await expect(readPassphraseFile(path)).rejects.toMatchObject({ problem: 'passphraseMissing', path });
  });
});
