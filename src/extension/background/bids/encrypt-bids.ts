import { displayableName } from '../../../lib/displayable-name.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { Receipt, Recipient } from '../../../protocol/bids.ts';
import { countLimits } from '../../../protocol/limits.ts';
import type { Trust } from '../../../protocol/signature-methods.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import { receiveBlob } from '../native/file-transfer.ts';
import { bidJob, ownCertificate } from './bid-request.ts';

/** To whom the files are encrypted, as the deployment and the site say besides the bidder. */
export interface BidAudience {
  readonly trust: Trust;
  /** Base64 DER. */
  readonly deployment: readonly string[];
}

/** Has the client judge to whom the files will be encrypted. @throws CodedError RECIPIENT_…, RESULT_MISMATCH */
export async function judgeRecipients(
  session: SessionRecord,
  desk: DocumentDesk,
  audience: BidAudience,
  signal: AbortSignal,
): Promise<readonly Recipient[]> {
  const params = recipientParams(session, audience);
  return desk.withClient(bidJob(session, signal), async ({ client }) => {
    const { recipients } = await client.call('recipients.inspect', params, { signal });
    requireOneHolder(session, recipients);
    return recipients;
  });
}

/** Both certificates of a phone name the same company: a front server must not mix two phones. */
function requireOneHolder({ signing: { identity } }: SessionRecord, [own]: readonly Recipient[]): void {
  const codes = new Set([identity?.signer.creditCode, own?.creditCode]);
  if (!codes.has(undefined) && codes.size > 1) throw new CodedError('RESULT_MISMATCH');
}

/** Encrypts each file and keeps the bytes at the desk. Either all of them are written, or none is kept. */
export async function encryptBids(
  session: SessionRecord,
  desk: DocumentDesk,
  audience: BidAudience,
  signal: AbortSignal,
): Promise<readonly Receipt[]> {
  const { request, signing, id, asker } = session;
  const { documents = [], plan } = signing;
  if (request.scene !== 'encrypt' || plan === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no plan');
  const common = {
    ...recipientParams(session, audience),
    format: request.params.format ?? ('bid' as const),
    encryptedAt: plan.signingTime,
  };
  // Each byte is gone over twice: encrypted, and read back.
  const total = 2 * documents.reduce((sum, { size }) => sum + size, 0);
  return desk.withClient(bidJob(session, signal), async ({ client, files }) => {
    const receipts: Receipt[] = [];
    let before = 0;
    for (const [index, { file, size }] of files.entries()) {
      const reached = before;
      const onProgress = (done: number, all: number) =>
        desk.report(id, { done: reached + (all === 0 ? 0 : (2 * size * done) / all), total });
      const written = await client.call('encrypt', { ...common, file }, { signal, onProgress });
      requireConfirmed(session, written.recipients);
      desk.keep(id, index, await receiveBlob(client, written.file, { signal }));
      await client.call('file.drop', { file: written.file }, { signal });
      before += 2 * size;
      const { openingTime } = request.params;
      receipts.push({
        id: crypto.randomUUID(),
        site: asker.origin,
        encryptedAt: plan.signingTime,
        ...(openingTime === undefined ? {} : { openingTime }),
        format: common.format,
        plain: { ...written.plain, name: displayableName(request.names[index] ?? '') },
        cipher: written.cipher,
        recipients: written.recipients,
      });
    }
    return receipts;
  });
}

/** The deployment may have changed since: nothing is encrypted to whom the user did not see. */
function requireConfirmed({ signing }: SessionRecord, written: readonly Recipient[]): void {
  const namesOf = (some: readonly Recipient[] = []) => some.map(({ fingerprint }) => fingerprint).join(' ');
  if (namesOf(written) !== namesOf(signing.recipients)) throw new CodedError('RESULT_MISMATCH');
}

function recipientParams(session: SessionRecord, { trust, deployment }: BidAudience) {
  const ofSite = session.request.scene === 'encrypt' ? (session.request.params.recipients ?? []) : [];
  const own = ownCertificate(session);
  const further = [...new Set([...deployment, ...ofSite])].filter((other) => other !== own.certificate);
  if (further.length >= countLimits.recipients) throw new CodedError('BAD_REQUEST', 'too many recipients');
  return { own, further, trust };
}
