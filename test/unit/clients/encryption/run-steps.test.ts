import { describe, expect, it, test } from 'vitest';
import { DamagedChunkError } from '../../../../src/clients/encryption/threads/chunk-threads.ts';
import { runSteps, stepsOf, type Step } from '../../../../src/clients/encryption/threads/run-steps.ts';

const never = new AbortController().signal;

/** Runs steps whose ends the test decides, in whatever order. */
function running(count: number, width: number, signal: AbortSignal = never) {
  const begun: Step[] = [];
  const ends: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  const contiguous: number[] = [];
  const run = (step: Step) => {
    begun.push(step);
    return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  };
  const onDone = (chunks: number) => void contiguous.push(chunks);
  const all = runSteps(stepsOf(10, 10 + 4 * count, 4), run, { width, signal, onDone });
  all.catch(() => undefined);
  const settled = () =>
    Promise.race([
      all.then(
        () => 'done',
        () => 'failed',
      ),
      new Promise<string>((resolve) => setImmediate(resolve, 'runs')),
    ]);
  return { begun, ends, contiguous, all, settled };
}

describe('steps that fail', () => {
  it('have no further one begun, and those under way waited for', async () => {
    const { begun, ends, all, settled } = running(6, 3);
    ends[1]?.reject(new Error('no disk'));
    expect(await settled()).toBe('runs');
    ends[0]?.resolve();
    expect(await settled()).toBe('runs');
    ends[2]?.resolve();
    await expect(all).rejects.toThrow('no disk');
    expect(begun).toHaveLength(3);
  });

  it('by damage are told by the first damaged chunk, whichever was found first', async () => {
    const { ends, all } = running(3, 3);
    ends[2]?.reject(new DamagedChunkError(19));
    ends[0]?.reject(new DamagedChunkError(11));
    ends[1]?.reject(new DamagedChunkError(14));
    await expect(all).rejects.toEqual(new DamagedChunkError(11));
  });
});

describe('an aborted signal', () => {
  it('has nothing begun', async () => {
    const { begun, all } = running(3, 2, AbortSignal.abort());
    await expect(all).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
    expect(begun).toEqual([]);
  });

  it('has what is under way waited for', async () => {
    const controller = new AbortController();
    const { begun, ends, all, settled } = running(4, 2, controller.signal);
    controller.abort();
    ends[0]?.resolve();
    expect(await settled()).toBe('runs');
    ends[1]?.resolve();
    await expect(all).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
    expect(begun).toHaveLength(2);
  });
});

it('steps are begun in their order, so many at a time, and counted without gaps', async () => {
  const { begun, ends, contiguous, all } = running(4, 2);
  expect(begun.map(({ first }) => first)).toEqual([10, 14]);
  ends[1]?.resolve();
  await expect.poll(() => begun.length).toBe(3);
  ends[2]?.resolve();
  await expect.poll(() => begun.length).toBe(4);
  ends[0]?.resolve();
  await expect.poll(() => contiguous).toEqual([0, 0, 12]);
  ends[3]?.resolve();
  await all;
  expect(contiguous).toEqual([0, 0, 12, 16]);
});

it('no steps are done at once', async () => {
  expect(await running(0, 3).settled()).toBe('done');
});

test.each([
  [0, 0, []],
  [0, 1, [[0, 1]]],
  [0, 4, [[0, 4]]],
  [
    0,
    5,
    [
      [0, 4],
      [4, 1],
    ],
  ],
  [
    3,
    9,
    [
      [3, 4],
      [7, 2],
    ],
  ],
])('the chunks %i to %i are cut into steps', (first, end, expected) => {
  expect(stepsOf(first, end, 4).map((step) => [step.first, step.count])).toEqual(expected);
});
