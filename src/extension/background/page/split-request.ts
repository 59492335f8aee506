import { assertNever } from '../../../lib/assert-never.ts';
import type { BlobLike } from '../../../lib/blob-like.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { RelayedRequest } from '../../../protocol/page-messages.ts';
import type { SessionRequest } from '../../storage/session-record.ts';
import type { HeldDocument } from '../documents/document-desk.ts';

type SceneRequest = Exclude<Extract<RelayedRequest, { type: 'request' }>, { method: 'capabilities' }>;

export interface SplitRequest {
  /** What is stored. */
  readonly request: SessionRequest;
  /** What stays in memory. */
  readonly documents: readonly HeldDocument[];
}

const purposes = { decrypt: 'open', rehearse: 'rehearse', readiness: 'check' } as const;

function namesOf(documents: readonly { readonly name: string }[]): readonly string[] {
  return documents.map(({ name }) => name);
}

function held({ name, blob }: { readonly name: string; readonly blob: BlobLike }): HeldDocument {
  if (!(blob instanceof Blob)) throw new CodedError('BROWSER_TOO_OLD');
  return { name, blob };
}

/** Parts a page's request from the bytes that came with it. @throws CodedError BROWSER_TOO_OLD where the bytes were lost on the way */
export function splitRequest({ method, params }: SceneRequest): SplitRequest {
  switch (method) {
    case 'login':
    case 'showLogin':
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
    case 'encrypt': {
      const { documents, ...rest } = params;
      return {
        request: { scene: 'encrypt', params: rest, names: namesOf(documents) },
        documents: documents.map(held),
      };
    }
    case 'decrypt':
    case 'rehearse':
    case 'readiness': {
      const { documents, ...rest } = params;
      const purpose = purposes[method];
      return {
        request: { scene: 'decrypt', purpose, params: rest, names: namesOf(documents) },
        documents: documents.map(held),
      };
    }
    default:
      return assertNever(method);
  }
}
