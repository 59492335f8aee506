import type { VendorChannel } from '../../../platforms/local/vendor-channel.ts';
import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { isBid } from '../bids/bid-request.ts';
import type { DocumentDesk } from '../documents/document-desk.ts';

/**
 * A vendor's service by way of the client that has the session's documents, so that one process is told the PIN once.
 * It ends with the session; a login without documents has a process too.
 */
export function createVendorChannel(
  { id, request, signing }: SessionRecord,
  desk: Pick<DocumentDesk, 'withClient'>,
): VendorChannel {
  const kind = isBid(request) ? 'encryption' : 'signature';
  return {
    async call(method, params, signal: AbortSignal) {
      const job = { sessionId: id, kind, expected: signing.documents, signal } as const;
      try {
        return await desk.withClient(job, ({ client }) => client.call(method, params, { signal }));
      } catch (error) {
        // A bound that is over is the service's silence; any other abort is nobody's fault.
        const isBound = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
        if (isBound && codeOf(error) === 'REQUEST_ABORTED') throw new CodedError('VENDOR_SILENT', method);
        throw error;
      }
    },
  };
}
