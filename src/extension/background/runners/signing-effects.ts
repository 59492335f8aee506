import { assertNever } from '../../../lib/assert-never.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { isBid } from '../bids/bid-request.ts';
import { readBids } from '../bids/read-bids.ts';
import type { SessionEffect } from '../sessions/session-effects.ts';
import { prepareSignatures, readDocuments, writeDocuments } from '../signing/signing-work.ts';
import type { EffectTools } from './effect-runner.ts';
import { documentsRequestOf, openingRequestOf, reachOf, signingRequestOf } from './relay-reach.ts';

type SigningEffect = Extract<
  SessionEffect,
  {
    type:
      | 'readDocuments'
      | 'readIdentity'
      | 'prepareSignatures'
      | 'submitToBeSigned'
      | 'readSignatures'
      | 'writeDocuments';
  }
>;

/** Carries out one step of a signing scene: with the client, or with the front server. */
export async function runSigningEffect(
  tools: EffectTools,
  session: SessionRecord,
  effect: SigningEffect,
  signal: AbortSignal,
): Promise<void> {
  const { id, relay, signing } = session;
  if (effect.type === 'readDocuments') {
    const read = isBid(session.request)
      ? await readBids(session, tools.desk, signal)
      : { documents: await readDocuments(session, tools.desk, signal) };
    await tools.dispatch(id, { type: 'documentsRead', ...read });
    return;
  }
  if (relay === undefined) return;
  const { businessId } = effect;
  switch (effect.type) {
    case 'readIdentity': {
      const { platform, environment } = await reachOf(tools, session);
      const identity = await platform.identity(relay, documentsRequestOf(session), environment, signal);
      tools.noteCertificates(platform.id, identity);
      await tools.dispatch(id, { type: 'identityRead', businessId, identity });
      return;
    }
    case 'prepareSignatures': {
      const trust = await tools.trustFor(session);
      const toBeSigned = await prepareSignatures(session, tools.desk, trust, signal);
      await tools.dispatch(id, { type: 'prepared', businessId, toBeSigned });
      return;
    }
    case 'submitToBeSigned': {
      if (signing.toBeSigned === undefined) return;
      const { platform, environment } = await reachOf(tools, session);
      const isOpening = session.request.scene === 'decrypt';
      const request = isOpening ? openingRequestOf(session) : signingRequestOf(session);
      const signingNumber = await platform.submit(relay, request, signing.toBeSigned, environment, signal);
      await tools.dispatch(id, { type: 'submitted', businessId, signingNumber });
      return;
    }
    case 'readSignatures': {
      if (signing.identity === undefined) return;
      const { platform, environment } = await reachOf(tools, session);
      const request = signingRequestOf(session);
      const signatures = await platform.signatures(relay, request, signing.identity, environment, signal);
      await tools.dispatch(id, { type: 'signaturesRead', businessId, signatures });
      return;
    }
    case 'writeDocuments': {
      const trust = await tools.trustFor(session);
      const { documents, blobs } = await writeDocuments(session, tools.desk, trust, signal);
      if (signal.aborted) return;
      await tools.desk.outputs(id, () => Promise.resolve(blobs));
      await tools.dispatch(id, { type: 'written', businessId, documents });
      return;
    }
    default:
      return assertNever(effect);
  }
}
