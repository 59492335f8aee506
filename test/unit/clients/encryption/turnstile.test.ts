import { expect, it } from 'vitest';
import { createTurnstile } from '../../../../src/clients/encryption/turnstile.ts';

const never = new AbortController().signal;

it('lets one in when the one before has left, however that ended', async () => {
  const enter = createTurnstile();
  const order: string[] = [];
  let leave: (reason: Error) => void = () => undefined;
  const first = enter(never, () => {
    order.push('first');
    return new Promise<void>((_, reject) => (leave = reject));
  });
  const second = enter(never, async () => order.push('second'));
  await expect.poll(() => order).toEqual(['first']);
  leave(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  expect(await second).toBe(2);
});

it('lets nobody in who gave up meanwhile', async () => {
  const enter = createTurnstile();
  const controller = new AbortController();
  let leave: () => void = () => undefined;
  const first = enter(never, () => new Promise<void>((resolve) => (leave = resolve)));
  const second = enter(controller.signal, () => Promise.reject(new Error('was let in')));
  const third = enter(never, () => Promise.resolve('third'));
  controller.abort();
  await expect.poll(() => (leave(), first.then(() => true))).toBe(true);
  await expect(second).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  expect(await third).toBe('third');
});
