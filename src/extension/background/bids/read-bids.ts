import { displayableName } from '../../../lib/displayable-name.ts';
import { codeOf } from '../../../protocol/coded-error.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import type { BidProgress, SessionRecord } from '../../storage/session-record.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';
import type { NativeClient } from '../native/native-client.ts';
import { isClientLost } from '../native/file-transfer.ts';
import { bidJob } from './bid-request.ts';

export interface ReadBids {
  readonly documents: readonly DocumentDigest[];
  /** Of scene `decrypt`. */
  readonly bids?: readonly BidProgress[];
}

/** Has the client read the files; of encrypted ones also the header, so that a damaged one is named before anybody scans. */
export async function readBids(
  session: SessionRecord,
  desk: DocumentDesk,
  signal: AbortSignal,
): Promise<ReadBids> {
  const { request } = session;
  const names = request.scene === 'login' ? [] : request.names;
  return desk.withClient(bidJob(session, signal), async ({ client, files }) => {
    const documents = files.map(({ size, sm3 }, index) => ({
      name: displayableName(names[index] ?? ''),
      size,
      sm3,
    }));
    if (request.scene !== 'decrypt') return { documents };
    const bids: BidProgress[] = [];
    for (const { file } of files) bids.push(await readHeader(client, file, signal));
    return { documents, bids };
  });
}

async function readHeader(client: NativeClient, file: string, signal: AbortSignal): Promise<BidProgress> {
  try {
    const { recipients } = await client.call('bid.inspect', { file }, { signal });
    return { ok: true, recipients, warnings: [] };
  } catch (error) {
    if (signal.aborted || isClientLost(error)) throw error;
    return { ok: false, recipients: [], code: codeOf(error) };
  }
}
