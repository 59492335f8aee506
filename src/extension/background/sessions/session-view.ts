import type { Locale } from '../../../protocol/errors.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { PlatformChoice, SessionView } from '../../../protocol/ui-messages.ts';
import { wireError } from '../../../protocol/wire-error.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { isBid } from '../bids/bid-request.ts';
import { viewBid } from './bid-view.ts';
import { canChoosePlatform, canRenew } from './session-machine.ts';

/** What windows are told of `session`: never the front server's secret, never the challenge, never the result. */
export function viewSession(
  session: SessionRecord,
  choices: readonly PlatformChoice[],
  locale: Locale,
  progress?: { readonly done: number; readonly total: number },
): SessionView {
  const { id, request, driver, asker, state, platform, relay, outcome, signing } = session;
  const showsQr = state === 'awaitingScan' || state === 'scanned';
  return {
    id,
    scene: request.scene,
    driver,
    origin: asker.origin,
    state,
    choices,
    canChoosePlatform: canChoosePlatform(state),
    canRenew: canRenew(state),
    canCancel: !isEndState(state),
    documents: signing.documents ?? [],
    ...(progress === undefined ? {} : { progress }),
    ...(signing.identity === undefined ? {} : { signer: signing.identity.signer }),
    ...(state === 'signing' && signing.signingNumber !== undefined
      ? { matchingNumber: signing.signingNumber }
      : {}),
    ...(platform === undefined ? {} : { platform }),
    ...(showsQr && relay !== undefined
      ? {
          qrContent: relay.qr,
          matchingNumber: relay.matchingNumber,
          ...(relay.expiresAt === undefined ? {} : { expiresAt: relay.expiresAt }),
        }
      : {}),
    ...(isBid(request) ? { bid: viewBid(session, request) } : {}),
    ...(outcome !== undefined && 'error' in outcome ? { error: wireError(outcome.error, locale) } : {}),
  };
}
