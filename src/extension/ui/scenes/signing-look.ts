import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import type { StateText } from '../text/ui-text.ts';
import { windowStep } from '../window-step.ts';
import { commonLook } from './common-look.ts';
import { choosing, type LookContext, type SceneLook } from './scene-look.ts';

/** The scenes that sign documents or data. */
export function signingLook(context: LookContext): SceneLook {
  const { session, text } = context;
  const { state } = session;
  const words = text.documents;
  const base = commonLook(context);
  const isChoosing = windowStep(session) === 'placeSeal';
  const { requested, scanned, confirmed, succeeded } = words.states;
  const states: Partial<Record<SessionState, StateText>> = { requested, scanned, confirmed, succeeded };
  const count = session.documents.length;
  const ended = state === 'succeeded' ? words.done(count) : words.notSigned(count);
  return {
    ...base,
    state: isChoosing ? words.states.choosingSeal : (states[state] ?? base.state),
    mood: isChoosing ? choosing : base.mood,
    steps: [words.steps.signed, words.steps.written, words.steps.delivered],
    documents: { heading: isEndState(state) ? ended : words.heading(count), folded: false },
  };
}
