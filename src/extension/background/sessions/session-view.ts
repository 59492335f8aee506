import { qrTrust } from '../../../platforms/qr-trust.ts';
import type { Locale } from '../../../protocol/errors.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { PlatformChoice, SessionView } from '../../../protocol/ui-messages.ts';
import { wireError } from '../../../protocol/wire-error.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { isBid } from '../bids/bid-request.ts';
import { viewBid } from './bid-view.ts';
import { canChoosePlatform, canRenew } from './platform-steps.ts';

export interface ViewParts {
  readonly choices: readonly PlatformChoice[];
  readonly locale: Locale;
  /** Hosts that QRs of a platform may name. */
  readonly qrHosts: (platform: PlatformId) => readonly string[];
  readonly progress?: SessionView['progress'];
}

/** What windows are told of `session`: never the front server's secret, never the challenge, never the result. */
export function viewSession(session: SessionRecord, parts: ViewParts): SessionView {
  const { id, request, driver, asker, state, platform, outcome, signing } = session;
  const { choices, locale, progress } = parts;
  return {
    id,
    scene: request.scene,
    driver,
    origin: asker.origin,
    state,
    choices,
    canChoosePlatform: canChoosePlatform(session),
    canRenew: canRenew(state),
    canCancel: !isEndState(state),
    documents: signing.documents ?? [],
    ...(progress === undefined ? {} : { progress }),
    ...(signing.identity === undefined ? {} : { signer: signing.identity.signer }),
    ...(state === 'signing' && signing.signingNumber !== undefined
      ? { matchingNumber: signing.signingNumber }
      : {}),
    ...(platform === undefined ? {} : { platform }),
    ...viewRelay(session, parts),
    ...(isBid(request) ? { bid: viewBid(session, request) } : {}),
    ...(outcome !== undefined && 'error' in outcome ? { error: wireError(outcome.error, locale) } : {}),
  };
}

/** What there is to scan, or to choose from instead. */
function viewRelay(
  { driver, state, platform, relay, asker, signing }: SessionRecord,
  { qrHosts }: ViewParts,
): Partial<SessionView> {
  if (relay === undefined) return {};
  const { qr, matchingNumber, expiresAt, keys } = relay;
  if (driver === 'local') {
    const asksPin = state === 'scanned' || (state === 'signing' && signing.submitted === true);
    return {
      ...(state === 'awaitingScan' && keys !== undefined ? { keys } : {}),
      ...(asksPin ? { pinWindow: true } : {}),
    };
  }
  if ((state !== 'awaitingScan' && state !== 'scanned') || qr === undefined) return {};
  const hosts = platform === undefined ? [] : qrHosts(platform);
  return {
    qrContent: qr,
    ...(matchingNumber === undefined ? {} : { matchingNumber }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(driver === 'site' ? { qrTrust: qrTrust(qr, hosts, [asker.origin]).trust } : {}),
  };
}
