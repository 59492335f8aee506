import { assertNever } from '../../lib/assert-never.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';

/** What the user does in the window itself, beside scan and choice of a platform. */
export type WindowStep = 'placeSeal' | 'confirmRecipient' | 'saveFiles';

/** The step that `session` waits for; undefined while it waits for something else. */
export function windowStep({
  scene,
  state,
  bid,
}: Pick<SessionView, 'scene' | 'state' | 'bid'>): WindowStep | undefined {
  switch (scene) {
    case 'login':
    case 'messageSignature':
    case 'revokeSignature':
      return undefined;
    case 'signature':
      return state === 'arranging' ? 'placeSeal' : undefined;
    case 'encrypt':
      if (state === 'arranging' && bid?.recipients !== undefined) return 'confirmRecipient';
      return state === 'completing' && bid?.awaitsSaving ? 'saveFiles' : undefined;
    case 'decrypt':
      return state === 'completing' && bid?.awaitsSaving ? 'saveFiles' : undefined;
    default:
      return assertNever(scene);
  }
}
