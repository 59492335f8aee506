import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { createInbox } from '../../../../../src/clients/connectors/local-service/inbox.ts';
import { codeOf } from '../../../../../src/protocol/coded-error.ts';
import { countLimits, sizeLimits, timeLimits } from '../../../../../src/protocol/limits.ts';
import { nobody } from '../vendor-world.ts';

describe('an inbox', () => {
  it('gives what came in, in order, once', async () => {
    const inbox = createInbox();
    for (const text of ['a', 'b', 'c']) inbox.put(text);
    expect(await inbox.take(nobody)).toEqual({ messages: ['a', 'b', 'c'], closed: false });
    inbox.put('d');
    expect(await inbox.take(nobody)).toEqual({ messages: ['d'], closed: false });
  });

  it('waits for what comes', async () => {
    const inbox = createInbox();
    const taking = inbox.take(nobody);
    inbox.put('late');
    expect(await taking).toEqual({ messages: ['late'], closed: false });
  });

  it('gives nothing after the longest wait', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const taking = createInbox().take(nobody);
    await vi.advanceTimersByTimeAsync(timeLimits.eventPoll);
    expect(await taking).toEqual({ messages: [], closed: false });
  });

  it('gives what is there before it says that nothing more comes', async () => {
    const inbox = createInbox();
    inbox.put('last');
    inbox.end();
    expect(inbox.put('too late')).toBe(false);
    expect(await inbox.take(nobody)).toEqual({ messages: ['last'], closed: true });
    expect(await inbox.take(nobody)).toEqual({ messages: [], closed: true });
  });

  it('says at once to who waits that nothing more comes', async () => {
    const inbox = createInbox();
    const taking = inbox.take(nobody);
    inbox.end();
    expect(await taking).toEqual({ messages: [], closed: true });
  });

  it('loses nothing when a wait is given up', async () => {
    const inbox = createInbox();
    const controller = new AbortController();
    const taking = inbox.take(controller.signal).catch(codeOf);
    controller.abort();
    inbox.put('kept');
    expect(await taking).toBe('REQUEST_ABORTED');
    expect(await inbox.take(nobody)).toEqual({ messages: ['kept'], closed: false });
  });

  it('gives nothing to an earlier one when another waits', async () => {
    const inbox = createInbox();
    const [first, second] = [inbox.take(nobody), inbox.take(nobody)];
    inbox.put('for the second');
    expect(await Promise.all([first, second])).toEqual([
      { messages: [], closed: false },
      { messages: ['for the second'], closed: false },
    ]);
  });

  it('ends when nobody takes', async () => {
    const inbox = createInbox();
    for (let count = 0; count < countLimits.localServiceMessages; count += 1) {
      expect(inbox.put('x')).toBe(true);
    }
    expect(inbox.put('one too many')).toBe(false);
    const { messages, closed } = await inbox.take(nobody);
    expect([messages.length, closed]).toEqual([countLimits.localServiceMessages, true]);
  });

  test.each([
    ['of too many characters', 'x'.repeat(sizeLimits.localServiceMessage + 1)],
    ['of characters of three bytes', '证'.repeat(400_000)],
    ['of characters that JSON writes as six', '\u0001'.repeat(200_000)],
  ])('ends at a text %s', async (_, text) => {
    const inbox = createInbox();
    expect(inbox.put(text)).toBe(false);
    expect(await inbox.take(nobody)).toEqual({ messages: [], closed: true });
  });

  it('gives no more at a time than an answer holds', async () => {
    const inbox = createInbox();
    const text = 'x'.repeat(sizeLimits.localServiceMessage);
    inbox.put(text);
    inbox.put(text);
    inbox.end();
    expect(await inbox.take(nobody)).toEqual({ messages: [text], closed: false });
    expect(await inbox.take(nobody)).toEqual({ messages: [text], closed: true });
  });
});
