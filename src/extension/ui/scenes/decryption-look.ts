import { isEndState, type SessionState } from '../../../protocol/session-states.ts';
import { checkVerdict, fileStandings, purposeOf } from '../bid/file-standing.ts';
import type { StateText } from '../text/ui-text.ts';
import { windowStep } from '../window-step.ts';
import { commonLook } from './common-look.ts';
import { stateMoods, type LookContext, type Mood, type SceneLook } from './scene-look.ts';

const warned: Mood = { tone: 'warn', glyph: 'warning' };
const refused: Mood = { tone: 'bad', glyph: 'cross' };
const saving: Mood = { tone: 'act', glyph: 'save' };

/** Scene `decrypt`, by what it is for. */
export function decryptionLook(context: LookContext): SceneLook {
  const { session, text, platform } = context;
  const { state, bid } = session;
  const { decryption, scanned, delivering, documents, purposes, signer } = text.bid;
  const { states } = decryption;
  const purpose = purposeOf(bid);
  const base = commonLook(context);
  const asked = decryption.awaitingScan[purpose](platform);
  const own: Partial<Record<SessionState, StateText>> = {
    requested: states.requested,
    awaitingScan: bid?.scanAgain === true ? { ...asked, title: decryption.scanAgain } : asked,
    scanned,
    arranging: states.arranging,
    signing: states.signing,
    confirmed: decryption.confirmed[purpose],
    completing: purpose === 'open' ? delivering : states.reporting,
  };
  return {
    ...base,
    ...(bid?.purpose === undefined ? {} : purposes[bid.purpose]),
    state: own[state] ?? base.state,
    ...(state === 'succeeded' && outcome(context)),
    ...(windowStep(session) === 'saveFiles' && savingLook(context)),
    steps: stepsOf(context),
    signer,
    documents: {
      heading: documents.encrypted(session.documents.length),
      folded: isEndState(state) || ['signing', 'confirmed', 'completing'].includes(state),
    },
  };
}

function stepsOf({ session: { bid }, text }: LookContext): readonly string[] {
  const { steps } = text.bid.decryption;
  switch (purposeOf(bid)) {
    case 'check':
      return [steps.shown, steps.compared, steps.told];
    case 'rehearse':
      return [steps.keyOpened, steps.rehearsed, steps.told];
    case 'open':
      return [steps.keyOpened, steps.opened, bid?.awaitsSaving ? steps.saved : steps.delivered];
  }
}

function savingLook(context: LookContext): Pick<SceneLook, 'state' | 'mood'> {
  const words = context.text.bid.decryption.states.saving;
  const isPartial = fileStandings(context.session).some(({ kind }) => kind === 'bad');
  return {
    state: isPartial ? { ...words, title: outcome(context)?.state.title ?? words.title } : words,
    mood: saving,
  };
}

/** What became of the files; nothing where the background did not say. */
function outcome({ session, text }: LookContext): Pick<SceneLook, 'state' | 'mood'> | undefined {
  const standings = fileStandings(session);
  const total = standings.length;
  if (total === 0) return undefined;
  const { results, readyWithWarnings } = text.bid.decryption;
  const purpose = purposeOf(session.bid);
  const good = standings.filter(({ kind }) => kind === 'good').length;
  if (good === 0) return { state: results[purpose].none(good, total), mood: refused };
  if (good < total) return { state: results[purpose].some(good, total), mood: warned };
  const isDoubtful = standings.some(({ file }) => checkVerdict(file) === 'warned');
  if (purpose !== 'open' && isDoubtful) return { state: readyWithWarnings, mood: warned };
  return { state: results[purpose].all(good, total), mood: stateMoods.succeeded };
}
