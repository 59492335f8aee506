import { expect, it } from 'vitest';
import * as v from 'valibot';
import { mirrorIdOf } from '../../../../../src/extension/background/mirror/mirror-id.ts';
import { uiCommandSchema } from '../../../../../src/protocol/ui-messages.ts';

it('is the same for the same prompt, also to another worker', async () => {
  expect(await mirrorIdOf('D1', 'p1')).toBe(await mirrorIdOf('D1', 'p1'));
});

it('differs with the document and with the prompt', async () => {
  const pairs = [
    ['D1', 'p1'],
    ['D1', 'p2'],
    ['D2', 'p1'],
    ['D1p', '1'],
  ] as const;
  const ids = await Promise.all(pairs.map(([document, prompt]) => mirrorIdOf(document, prompt)));
  expect(new Set(ids).size).toBe(pairs.length);
});

it('is an id that pages of ours may name in a command', async () => {
  const command = { command: 'showMirror', mirrorId: await mirrorIdOf('D1', 'p1') };
  expect(v.is(uiCommandSchema, command)).toBe(true);
});
