import { CodedError } from '../../../protocol/coded-error.ts';
import type {
  DocumentsRequest,
  OpeningRequest,
  RelayRequest,
  SigningRequest,
} from '../../../platforms/platform.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { EffectTools } from './effect-runner.ts';
import type { Reached } from './reach-platform.ts';

/** The platform that the session uses, by its driver. @throws CodedError PLATFORM_NOT_CONFIGURED */
export async function reachOf(tools: Pick<EffectTools, 'reach'>, session: SessionRecord): Promise<Reached> {
  const { platform, driver } = session;
  const reached = platform === undefined ? undefined : await tools.reach(session, { platform, driver });
  if (reached === undefined) throw new CodedError('PLATFORM_NOT_CONFIGURED');
  return reached;
}

/** What the platform is asked for. */
export function requestOf(session: SessionRecord): RelayRequest {
  const { request, asker } = session;
  if (request.scene !== 'login') return documentsRequestOf(session);
  const challenge = 'challenge' in request.params ? request.params.challenge : '';
  return { scene: 'login', origin: asker.origin, challenge };
}

/** @throws CodedError BRIDGE_INTERNAL before the documents are read */
export function documentsRequestOf({ request, asker, signing }: SessionRecord): DocumentsRequest {
  if (request.scene === 'login' || signing.documents === undefined) {
    throw new CodedError('BRIDGE_INTERNAL', 'no documents');
  }
  const common = { origin: asker.origin, documents: signing.documents };
  if (request.scene !== 'decrypt') return { scene: request.scene, ...common };
  const { purpose } = request;
  if (purpose === 'check') return { scene: 'decrypt', purpose, ...common };
  if (signing.opening === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no one-time key');
  return { scene: 'decrypt', purpose, oneTimeKey: signing.opening.oneTimeKey, ...common };
}

/** @throws CodedError BRIDGE_INTERNAL in a scene in which nothing is signed */
export function signingRequestOf(session: SessionRecord): SigningRequest {
  const request = documentsRequestOf(session);
  if (request.scene === 'encrypt' || request.scene === 'decrypt') {
    throw new CodedError('BRIDGE_INTERNAL', 'nothing is signed');
  }
  return request;
}

/** @throws CodedError BRIDGE_INTERNAL in another scene */
export function openingRequestOf(session: SessionRecord): OpeningRequest {
  const request = documentsRequestOf(session);
  if (request.scene !== 'decrypt') throw new CodedError('BRIDGE_INTERNAL', 'nothing is opened');
  return request;
}
