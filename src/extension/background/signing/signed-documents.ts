import { CodedError } from '../../../protocol/coded-error.ts';
import type { SignedDocuments } from '../../../protocol/documents.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { EffectTools } from '../runners/effect-runner.ts';
import { writeDocuments } from './signing-work.ts';

/** What the page gets: the written documents, made again by the client where a restart lost their bytes. */
export async function signedDocuments(
  session: SessionRecord,
  { desk, trustFor }: Pick<EffectTools, 'desk' | 'trustFor'>,
  signal: AbortSignal,
): Promise<SignedDocuments> {
  const { outcome, signing, id } = session;
  if (outcome === undefined || !('written' in outcome) || signing.identity === undefined) {
    throw new CodedError('BRIDGE_INTERNAL', 'no documents were written');
  }
  const { written } = outcome;
  const blobs = await desk.outputs(id, async () => {
    const again = await writeDocuments(session, desk, await trustFor(session), signal);
    const same = again.documents.every(({ sm3 }, index) => sm3 === written[index]?.sm3);
    if (!same) throw new CodedError('FILE_CHANGED');
    return again.blobs;
  });
  const outputs = written.map((document, index) => {
    const blob = blobs[index];
    if (blob === undefined) throw new CodedError('BRIDGE_INTERNAL', 'a document is missing');
    return { ...document, blob };
  });
  return { outputs, signer: signing.identity.signer };
}
