import { assertNever } from '../../../lib/assert-never.ts';
import type { BlobLike } from '../../../lib/blob-like.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { RelayedRequest } from '../../../protocol/page-messages.ts';
import type { SessionRequest } from '../../storage/session-record.ts';
import type { HeldDocument } from '../signing/document-desk.ts';

type SceneRequest = Exclude<Extract<RelayedRequest, { type: 'request' }>, { method: 'capabilities' }>;

export interface SplitRequest {
  /** What is stored. */
  readonly request: SessionRequest;
  /** What stays in memory. */
  readonly documents: readonly HeldDocument[];
}

function held({ name, blob }: { readonly name: string; readonly blob: BlobLike }): HeldDocument {
  if (!(blob instanceof Blob)) throw new CodedError('BROWSER_TOO_OLD');
  return { name, blob };
}

/** Parts a page's request from the bytes that came with it. @throws CodedError BROWSER_TOO_OLD where the bytes were lost on the way */
export function splitRequest({ method, params }: SceneRequest): SplitRequest {
  switch (method) {
    case 'login':
      return { request: { scene: 'login', params }, documents: [] };
    case 'signMessage': {
      const { document, ...rest } = params;
      return {
        request: { scene: 'messageSignature', params: rest, names: [document.name] },
        documents: [held(document)],
      };
    }
    case 'seal': {
      const { documents, ...rest } = params;
      return {
        request: {
          scene: 'signature',
          params: rest,
          names: documents.map(({ name }) => name),
          places: documents.map(({ places }) => places ?? []),
        },
        documents: documents.map(held),
      };
    }
    case 'revokeSeal': {
      const { document, ...rest } = params;
      return {
        request: { scene: 'revokeSignature', params: rest, names: [document.name] },
        documents: [held(document)],
      };
    }
    default:
      return assertNever(method);
  }
}
