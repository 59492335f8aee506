import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import type { StateText } from '../text/ui-text.ts';
import { windowStep } from '../window-step.ts';
import { commonLook } from './common-look.ts';
import { choosing, type LookContext, type Mood, type SceneLook } from './scene-look.ts';

const warned: Mood = { tone: 'warn', glyph: 'warning' };
const saving: Mood = { tone: 'act', glyph: 'save' };

/** Scene `encrypt`. */
export function encryptionLook(context: LookContext): SceneLook {
  const { session, text, platform } = context;
  const { state, bid } = session;
  const { encryption, scanned, delivering, documents, signer } = text.bid;
  const { states, steps } = encryption;
  const base = commonLook(context);
  const own: Partial<Record<SessionState, StateText>> = {
    requested: states.requested,
    awaitingScan: encryption.awaitingScan(platform),
    scanned,
    arranging: states.judging,
    confirmed: states.confirmed,
    completing: delivering,
    succeeded: states.succeeded,
  };
  const step = windowStep(session);
  const count = session.documents.length;
  const heading = isEndState(state) ? documents.notEncrypted(count) : documents.toEncrypt(count);
  return {
    ...base,
    state: own[state] ?? base.state,
    ...(step === 'confirmRecipient' && choiceLook(context)),
    ...(step === 'saveFiles' && { state: states.saving, mood: saving }),
    steps: [steps.chosen, steps.encrypted, bid?.awaitsSaving ? steps.saved : steps.delivered],
    signer,
    // The receipts name them.
    ...(state === 'succeeded' && bid?.receipts !== undefined
      ? {}
      : { documents: { heading, folded: state === 'confirmed' || state === 'completing' } }),
  };
}

function choiceLook({ session: { bid }, text, moment }: LookContext): Pick<SceneLook, 'state' | 'mood'> {
  const { states, choosingAnyway } = text.bid.encryption;
  const end = bid?.recipients?.[0]?.notAfter;
  if (!bid?.endsBeforeOpening || end === undefined || bid.openingTime === undefined) {
    return { state: states.choosing, mood: choosing };
  }
  return { state: choosingAnyway(moment(end), moment(bid.openingTime)), mood: warned };
}
