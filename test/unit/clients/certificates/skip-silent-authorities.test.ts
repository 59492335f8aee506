import { expect, it } from 'vitest';
import { skipSilentAuthorities } from '../../../../src/clients/certificates/skip-silent-authorities.ts';

const address = 'http://authority.example/list.crl';
const list = Uint8Array.of(0x30);

function asking(answer: Uint8Array | undefined) {
  const asked: string[] = [];
  let time = 0;
  const ask = skipSilentAuthorities(
    (at) => {
      asked.push(at);
      return Promise.resolve(answer);
    },
    () => time,
  );
  return { asked, ask, wait: (ms: number) => void (time += ms) };
}

it('an authority that does not answer is asked once for a whole batch', async () => {
  const { asked, ask } = asking(undefined);
  for (let document = 0; document < 40; document += 1) expect(await ask(address, undefined)).toBeUndefined();
  expect(asked).toEqual([address]);
});

it('another authority is asked all the same', async () => {
  const { asked, ask } = asking(undefined);
  await ask(address, undefined);
  await ask('http://other.example/list.crl', undefined);
  expect(asked).toHaveLength(2);
});

it('after five minutes it is asked again', async () => {
  const { asked, ask, wait } = asking(undefined);
  await ask(address, undefined);
  wait(300_000);
  await ask(address, undefined);
  expect(asked).toHaveLength(2);
});

it('a list that came is asked for anew each time', async () => {
  const { asked, ask } = asking(list);
  expect(await ask(address, undefined)).toBe(list);
  expect(await ask(address, undefined)).toBe(list);
  expect(asked).toHaveLength(2);
});

it('an aborted request counts as not asked', async () => {
  const { asked, ask } = asking(undefined);
  await ask(address, AbortSignal.abort());
  await ask(address, undefined);
  expect(asked).toHaveLength(2);
});
