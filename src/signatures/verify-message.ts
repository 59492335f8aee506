import type { ByteSource } from '../lib/byte-source.ts';
import type { VerificationReport } from '../protocol/verification.ts';
import { judgeCms } from './judge-cms.ts';
import { documentReport, signatureReport } from './report-parts.ts';
import { openTrustStore } from './trust-store.ts';
import type { VerificationOptions } from './verification-options.ts';
import { watchedSource } from './watched-source.ts';

/** Judges a SignedData (GM/T 0010, or RFC 5652 with GM algorithms), attached or detached. */
export async function verifyMessage(
  message: ByteSource,
  options: VerificationOptions,
): Promise<VerificationReport> {
  const store = openTrustStore(options);
  const total = message.size + (options.content?.size ?? 0);
  const watch = watchedSource(total, options);
  const judged = await judgeCms(
    {
      message: watch(message),
      createHash: options.createHash,
      ...(options.content === undefined ? {} : { content: watch(options.content) }),
    },
    store,
  );
  const signatures = judged.map((one, index) =>
    signatureReport({
      name: String(index + 1),
      kind: 'cms',
      coverage: 'content',
      ...one,
      findings: [...one.findings],
    }),
  );
  return documentReport('message', [], signatures);
}
