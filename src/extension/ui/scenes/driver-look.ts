import { assertNever } from '../../../lib/assert-never.ts';
import type { SessionState } from '../../../protocol/session-states.ts';
import type { StateText } from '../text/ui-text.ts';
import { windowStep } from '../window-step.ts';
import { choosing, type LookContext, type Mood, type SceneLook } from './scene-look.ts';

const atPin: Mood = { tone: 'act', glyph: 'lock' };
const busy: Mood = { tone: 'busy', glyph: 'spinner' };

/** `look`, where the session's driver makes it say something else: no phone, or no number to compare. */
export function driverLook(look: SceneLook, context: LookContext): SceneLook {
  const { driver } = context.session;
  switch (driver) {
    case 'relay':
    case 'mirror':
      return look;
    case 'site':
      return siteLook(look, context);
    case 'local':
      return localLook(look, context);
    default:
      return assertNever(driver);
  }
}

function siteLook(look: SceneLook, { session: { state }, text }: LookContext): SceneLook {
  const { states } = text.drivers.site;
  return state === 'scanned' || state === 'signing' ? { ...look, state: states[state] } : look;
}

function localLook(look: SceneLook, context: LookContext): SceneLook {
  const { session, text } = context;
  const { scene } = session;
  const { actions, signer, steps } = text.drivers.local;
  return {
    ...look,
    ...localState(context),
    signer,
    // Encrypting and decrypting are named without a phone as it is.
    ...(scene === 'encrypt' || scene === 'decrypt' ? {} : { action: actions[scene] }),
    ...(scene === 'login' ? { steps: [steps.scanned, steps.confirmed, ...look.steps.slice(2)] } : {}),
  };
}

/** States in which the vendor's service, not the phone, is at work. */
const ofService: ReadonlySet<SessionState> = new Set<SessionState>([
  'preparing',
  'awaitingScan',
  'scanned',
  'arranging',
  'signing',
]);

function localState({ session, text }: LookContext): { state: StateText; mood: Mood } | undefined {
  const { state, scene, pinWindow, keys } = session;
  const { states } = text.drivers.local;
  if (state === 'expired') return { state: states.expired, mood: { tone: 'warn', glyph: 'clock' } };
  if (state === 'confirmed' && scene === 'login') return { state: states.confirmed, mood: busy };
  if (!ofService.has(state) || windowStep(session) !== undefined) return undefined;
  if (pinWindow === true) return { state: states.pin, mood: atPin };
  if (state === 'preparing') return { state: states.preparing, mood: busy };
  // What the encryption client judges there is said by the scene.
  if (state === 'arranging') return scene === 'encrypt' ? undefined : { state: states.working, mood: busy };
  if (state !== 'awaitingScan') return { state: states.working, mood: busy };
  return keys === undefined
    ? { state: states.listing, mood: busy }
    : { state: states.choosing, mood: choosing };
}
