import type { ByteSource } from '../lib/byte-source.ts';
import { finding, type VerificationReport } from '../protocol/verification.ts';
import { recogniseFile } from './document-kind.ts';
import { documentReport } from './report-parts.ts';
import type { VerificationOptions } from './verification-options.ts';
import { verifyMessage } from './verify-message.ts';
import { verifyOfd } from './verify-ofd.ts';
import { verifyPdf } from './verify-pdf.ts';

export type { VerificationOptions } from './verification-options.ts';

/**
 * Judges every signature and seal of a PDF, an OFD or a signed message, each by itself. Memory does not grow with
 * the file.
 * Rejects only with what a source rejects with, or with the signal's reason: whatever the file holds, there is a
 * report.
 */
export async function verifyDocument(
  file: ByteSource,
  options: VerificationOptions,
): Promise<VerificationReport> {
  options.signal?.throwIfAborted();
  const { kind, source } = await recogniseFile(file);
  switch (kind) {
    case 'ofd':
      return verifyOfd(source, options);
    case 'message':
      return verifyMessage(source, options);
    case 'pdf':
      return verifyPdf(source, options);
    case 'unknown':
      return documentReport('unknown', [finding('unknownFileKind')]);
  }
}
