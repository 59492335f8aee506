import { beforeEach, describe, expect, it, test } from 'vitest';
import { createChallengeBook, type ChallengeBook } from '../../../src/verifier/verifier.ts';

const ttlMs = 1_000;
let time: number;
let book: ChallengeBook;

beforeEach(() => {
  time = 1_000_000;
  book = createChallengeBook({ ttlMs, capacity: 4, now: () => time });
});

describe('a challenge is', () => {
  test.each(['', 'x', '__proto__', 'A'.repeat(43), '\u0000'])(
    'unknown when nobody issued it: %j',
    (challenge) => {
      book.issue('a');
      expect(book.consume(challenge, 'a')).toBe('unknown');
    },
  );

  it('unknown to another session, and still good for its own', () => {
    const challenge = book.issue('a');
    expect(book.consume(challenge, 'b')).toBe('unknown');
    expect(book.consume(challenge, '')).toBe('unknown');
    expect(book.consume(challenge, 'a')).toBe('ok');
  });

  it('unknown to another session also when used or stale', () => {
    const challenge = book.issue('a');
    book.consume(challenge, 'a');
    time += ttlMs + 1;
    expect(book.consume(challenge, 'b')).toBe('unknown');
  });

  it('good once, then reused', () => {
    const challenge = book.issue('a');
    expect([book.consume(challenge, 'a'), book.consume(challenge, 'a')]).toEqual(['ok', 'reused']);
  });

  it('good in its last millisecond and stale in the next', () => {
    const [first, second] = [book.issue('a'), book.issue('a')];
    time += ttlMs;
    expect(book.consume(first, 'a')).toBe('ok');
    time += 1;
    expect(book.consume(second, 'a')).toBe('stale');
    expect(book.consume(first, 'a')).toBe('reused');
  });

  it('not good again when the clock goes back', () => {
    const challenge = book.issue('a');
    time += ttlMs + 1;
    expect(book.consume(challenge, 'a')).toBe('stale');
    time -= ttlMs;
    expect(book.consume(challenge, 'a')).toBe('reused');
  });

  it('told stale for one more lifetime, then forgotten', () => {
    const [first, second] = [book.issue('a'), book.issue('a')];
    time += 2 * ttlMs;
    book.issue('b');
    expect(book.consume(first, 'a')).toBe('stale');
    time += 1;
    book.issue('b');
    expect(book.consume(second, 'a')).toBe('unknown');
  });
});

describe('the book', () => {
  it('never remembers more than its capacity, and forgets the oldest first', () => {
    const issued = Array.from({ length: 6 }, () => book.issue('a'));
    expect(issued.map((challenge) => book.consume(challenge, 'a'))).toEqual([
      'unknown',
      'unknown',
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('issues 256 bits of base64url, never twice', () => {
    const issued = new Set(Array.from({ length: 500 }, () => book.issue('a')));
    expect(issued.size).toBe(500);
    for (const challenge of issued) expect(challenge).toMatch(/^[\w-]{43}$/);
  });

  it('issues nothing to no session', () => {
    expect(() => book.issue('')).toThrow(RangeError);
  });

  test.each([{ ttlMs: 0 }, { ttlMs: Number.NaN }, { capacity: 0 }, { capacity: 1.5 }])(
    'is not made with %j',
    (options) => {
      expect(() => createChallengeBook(options)).toThrow(RangeError);
    },
  );
});
