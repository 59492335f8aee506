import { CodedError } from '../../../protocol/coded-error.ts';
import type { RelayRequest, SigningRequest } from '../../../platforms/platform.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { EffectTools } from './effect-runner.ts';

/** The platform that the session uses, with its front server. @throws CodedError PLATFORM_NOT_CONFIGURED */
export async function reachOf(tools: Pick<EffectTools, 'reach'>, session: SessionRecord) {
  const reached = session.platform === undefined ? undefined : await tools.reach(session.platform);
  if (reached === undefined) throw new CodedError('PLATFORM_NOT_CONFIGURED');
  return reached;
}

/** What the platform is asked for. */
export function requestOf(session: SessionRecord): RelayRequest {
  const { request, asker } = session;
  return request.scene === 'login'
    ? { scene: 'login', origin: asker.origin, challenge: request.params.challenge }
    : signingRequestOf(session);
}

/** @throws CodedError BRIDGE_INTERNAL before the documents are read */
export function signingRequestOf({ request, asker, signing }: SessionRecord): SigningRequest {
  if (request.scene === 'login' || signing.documents === undefined) {
    throw new CodedError('BRIDGE_INTERNAL', 'no documents');
  }
  return { scene: request.scene, origin: asker.origin, documents: signing.documents };
}
