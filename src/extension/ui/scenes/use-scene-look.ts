import { assertNever } from '../../../lib/assert-never.ts';
import { errorCatalogue } from '../../../protocol/errors.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { useMomentText } from '../bid/use-moment-text.ts';
import { useLocale, useText } from '../text/text-context.ts';
import { usePlatformName } from '../use-platform.ts';
import { decryptionLook } from './decryption-look.ts';
import { driverLook } from './driver-look.ts';
import { encryptionLook } from './encryption-look.ts';
import { commonLook } from './common-look.ts';
import type { LookContext, SceneLook } from './scene-look.ts';
import { signingLook } from './signing-look.ts';

/** What `session` says. What failed, or was cancelled otherwise than by the user, is titled by the catalogue. */
export function useSceneLook(session: SessionView): SceneLook {
  const text = useText();
  const locale = useLocale();
  const { moment } = useMomentText();
  const platform = usePlatformName(session) ?? text.platform.unchosen;
  const context = { session, text, platform, moment };
  const look = driverLook(lookOf(context), context);
  const code = session.error?.code ?? (session.state === 'failed' ? 'BRIDGE_INTERNAL' : undefined);
  if (code === undefined || (session.state !== 'failed' && session.state !== 'cancelled')) return look;
  return { ...look, state: { ...look.state, title: errorCatalogue[code].text[locale].title } };
}

function lookOf(context: LookContext): SceneLook {
  const { scene } = context.session;
  switch (scene) {
    case 'login':
      return commonLook(context);
    case 'messageSignature':
    case 'signature':
    case 'revokeSignature':
      return signingLook(context);
    case 'encrypt':
      return encryptionLook(context);
    case 'decrypt':
      return decryptionLook(context);
    default:
      return assertNever(scene);
  }
}
