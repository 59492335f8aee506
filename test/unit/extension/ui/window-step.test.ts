import { expect, test } from 'vitest';
import { scenes } from '../../../../src/protocol/scenes.ts';
import { sessionStates } from '../../../../src/protocol/session-states.ts';
import type { BidView } from '../../../../src/protocol/bid-view.ts';
import { windowStep } from '../../../../src/extension/ui/window-step.ts';
import { bidder } from './bid-view.ts';

const bid: BidView = { files: [], scanAgain: false, awaitsSaving: true, recipients: [bidder] };

test('the window has a step of its own in four states, whatever else is known', () => {
  const steps = scenes.flatMap((scene) =>
    sessionStates.flatMap((state) => {
      const step = windowStep({ scene, state, bid });
      return step === undefined ? [] : [`${scene} ${state}: ${step}`];
    }),
  );
  expect(steps).toEqual([
    'signature arranging: placeSeal',
    'encrypt arranging: confirmRecipient',
    'encrypt completing: saveFiles',
    'decrypt completing: saveFiles',
  ]);
});

test.each([
  ['encrypt', 'arranging', { ...bid, recipients: undefined }],
  ['encrypt', 'completing', { ...bid, awaitsSaving: false }],
  ['decrypt', 'completing', { ...bid, awaitsSaving: false }],
] as const)('%s in %s has none while its time has not come', (scene, state, { recipients, ...rest }) => {
  const known = recipients === undefined ? rest : { ...rest, recipients };
  expect(windowStep({ scene, state, bid: known })).toBeUndefined();
});
