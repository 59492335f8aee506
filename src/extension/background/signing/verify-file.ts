import { timeLimits } from '../../../protocol/limits.ts';
import type { UiCommand } from '../../../protocol/ui-messages.ts';
import type { VerificationReport } from '../../../protocol/verification.ts';
import { sendBlob } from '../native/file-transfer.ts';
import { openNativeClient } from '../native/native-client.ts';

/** Has a client of its own verify a file; the process ends with the answer. @throws CodedError of the client */
export async function verifyFile(
  { name, blob, content, trustAnchors }: Extract<UiCommand, { command: 'verifyFile' }>,
  anchors: readonly string[],
): Promise<VerificationReport> {
  const signal = AbortSignal.timeout(timeLimits.reading);
  const client = await openNativeClient('signature', { signal });
  try {
    const { file } = await sendBlob(client, name, blob as Blob, { signal });
    const over = content && (await sendBlob(client, 'content', content as Blob, { signal }));
    const trust = { anchors: [...anchors, ...trustAnchors], online: true };
    const params = { file, trust, ...(over === undefined ? {} : { content: over.file }) };
    return await client.call('verify', params, { signal });
  } finally {
    client.close();
  }
}
