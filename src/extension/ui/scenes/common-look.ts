import { stateMoods, type LookContext, type SceneLook } from './scene-look.ts';

/** What a login says, and every other scene where it says nothing else. */
export function commonLook({ session: { scene, state }, text, platform }: LookContext): SceneLook {
  const { steps } = text;
  return {
    ...text.scenes[scene],
    state: text.states[state](platform),
    mood: stateMoods[state],
    steps: [steps.scanned, steps.confirmed, steps.checked, steps.delivered],
    signer: text.documents.signer,
  };
}
