import { assertNever } from '../../../lib/assert-never.ts';
import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import type { SignerIdentity } from '../../../platforms/platform.ts';
import type { Trust } from '../../../protocol/signature-methods.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { driverTraits } from '../sessions/driver-traits.ts';
import type { SessionEffect } from '../sessions/session-effects.ts';
import type { SessionEvent } from '../sessions/session-events.ts';
import type { EffectRunner } from '../sessions/session-service.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { hasBytes, runBidEffect } from './bid-effects.ts';
import type { Reached } from './reach-platform.ts';
import { reachOf, requestOf } from './relay-reach.ts';
import { runSigningEffect } from './signing-effects.ts';
import type { TakenPlatform } from './take-platform.ts';

/** What effects reach of the rest of the background. */
export interface EffectTools {
  /** The platform by this driver, or undefined where the deployment has none. */
  reach(session: SessionRecord, by: TakenPlatform): Promise<Reached | undefined>;
  /** What the session takes without asking, 'none' where nothing can serve it. */
  platformToTake(session: SessionRecord): Promise<TakenPlatform | 'none' | undefined>;
  dispatch(id: string, event: SessionEvent): Promise<boolean>;
  find(id: string): SessionRecord | undefined;
  /** Opens or reuses the prompt window and gives its id. */
  showWindow(session: SessionRecord): Promise<number>;
  /** Hands the outcome to the page, if it is on the line; makes documents again whose bytes were lost. */
  deliver(session: SessionRecord, signal: AbortSignal): Promise<void>;
  readonly desk: DocumentDesk;
  /** Whom this request's certificates are judged by. */
  trustFor(session: SessionRecord): Promise<Trust>;
  /** Certificates of the deployment that can open every bid, base64 DER. */
  furtherRecipients(): Promise<readonly string[]>;
  /** Remembers whose certificates were seen; best effort. */
  noteCertificates(
    platform: PlatformId,
    identity: Pick<SignerIdentity, 'certificate' | 'encryptionCertificate'>,
  ): void;
  randomId(): string;
}

/** Runs each kind of effect; a failure ends the session with its code, an abort ends nothing. */
export function createEffectRunner(tools: EffectTools): EffectRunner {
  return async (session, effect, signal) => {
    try {
      await runEffect(tools, session, effect, signal);
    } catch (error) {
      if (!signal.aborted) await tools.dispatch(session.id, { type: 'failed', code: codeOf(error) });
    }
  };
}

async function runEffect(
  tools: EffectTools,
  session: SessionRecord,
  effect: SessionEffect,
  signal: AbortSignal,
): Promise<void> {
  switch (effect.type) {
    case 'resolvePlatform':
      return resolvePlatform(tools, session);
    case 'showWindow':
      return showWindow(tools, session);
    case 'openRelay':
      return openRelay(tools, session, effect.openingId, signal);
    case 'followEvents':
      return followEvents(tools, session.id, effect.businessId, signal);
    case 'readResult':
      return readResult(tools, session, effect.businessId, signal);
    case 'readDocuments':
    case 'readIdentity':
    case 'prepareSignatures':
    case 'submitToBeSigned':
    case 'readSignatures':
    case 'writeDocuments':
      return runSigningEffect(tools, session, effect, signal);
    case 'judgeRecipients':
    case 'encryptBids':
    case 'createOpening':
    case 'prepareOpening':
    case 'readKeys':
    case 'watchOpening':
    case 'openBids':
    case 'requireBytes':
      return runBidEffect(tools, session, effect, signal);
    case 'deliverOutcome':
      if (await hasBytes(tools, session)) await tools.deliver(session, signal);
      return;
    case 'releaseRelay':
      return releaseRelay(tools, session, effect);
    default:
      return assertNever(effect);
  }
}

async function resolvePlatform(tools: EffectTools, session: SessionRecord): Promise<void> {
  const taken = await tools.platformToTake(session);
  if (taken === 'none') throw new CodedError('PLATFORM_NOT_CONFIGURED');
  await tools.dispatch(
    session.id,
    taken === undefined
      ? { type: 'choiceNeeded' }
      : { type: 'platformChosen', ...taken, openingId: tools.randomId() },
  );
}

async function showWindow(tools: EffectTools, session: SessionRecord): Promise<void> {
  try {
    const windowId = await tools.showWindow(session);
    await tools.dispatch(session.id, { type: 'windowChanged', windowId });
  } catch {
    throw new CodedError('WINDOW_UNAVAILABLE');
  }
}

/**
 * Opens, or renews where there is an older relay. Not aborted with its effect where an answer that nobody waits for
 * any more must still be released.
 */
async function openRelay(
  tools: EffectTools,
  session: SessionRecord,
  openingId: string,
  signal: AbortSignal,
): Promise<void> {
  const { platform, environment } = await reachOf(tools, session);
  const request = requestOf(session);
  const { relay: older, driver } = session;
  const inTime = AbortSignal.timeout(driverTraits[driver].opening);
  const bound = driver === 'local' ? AbortSignal.any([inTime, signal]) : inTime;
  const relay =
    older === undefined
      ? await platform.open(request, openingId, environment, bound)
      : await platform.renew(older, request, openingId, environment, bound).catch((error: unknown) => {
          if (codeOf(error) !== 'QR_EXPIRED') throw error;
          return platform.open(request, openingId, environment, bound);
        });
  const known = await tools.dispatch(session.id, {
    type: 'opened',
    openingId,
    platform: platform.id,
    driver,
    relay,
  });
  if (!known) await platform.cancel(relay, environment, bound);
}

async function followEvents(
  tools: EffectTools,
  id: string,
  businessId: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const session = tools.find(id);
    if (session?.relay?.businessId !== businessId) return;
    const { platform, environment } = await reachOf(tools, session);
    try {
      const events = await platform.events(session.relay, session.lastSequence, environment, signal);
      for (const { sequence, type } of events) {
        await tools.dispatch(id, { type: 'relayEvent', businessId, sequence, kind: type });
      }
    } catch (error) {
      if (codeOf(error) !== 'QR_EXPIRED') throw error;
      await tools.dispatch(id, { type: 'relayLost', businessId });
    }
  }
}

async function readResult(
  tools: EffectTools,
  session: SessionRecord,
  businessId: string,
  signal: AbortSignal,
): Promise<void> {
  if (session.relay === undefined) return;
  const { platform, environment } = await reachOf(tools, session);
  const request = requestOf(session);
  if (request.scene !== 'login') return;
  const result = await platform.result(session.relay, request, environment, signal);
  if (result !== undefined) tools.noteCertificates(platform.id, result);
  await tools.dispatch(session.id, { type: 'resultRead', businessId, result });
}

/** Best effort: a front server that cannot be told forgets the session by itself when it expires. */
async function releaseRelay(
  tools: EffectTools,
  session: SessionRecord,
  { release }: Extract<SessionEffect, { type: 'releaseRelay' }>,
): Promise<void> {
  const { relay } = release;
  const reached = await tools.reach(session, release);
  const bound = AbortSignal.timeout(timeLimits.frontServerExchange);
  await reached?.platform.cancel(relay, reached.environment, bound).catch(() => undefined);
  await tools.dispatch(session.id, { type: 'released', businessId: relay.businessId });
}
