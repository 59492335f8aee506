import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { LoginToken } from '../../../protocol/login-token.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { RelayEventType } from '../../../platforms/platform.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import type { SealPlace } from '../../../protocol/seal-places.ts';
import type { StoredIdentity, StoredRelay } from '../../storage/session-record.ts';

/** Everything that can happen to a session. `openingId` is fresh randomness that the reducer may not make. */
export type SessionEvent =
  /** Several platforms could serve and nobody has chosen. */
  | { readonly type: 'choiceNeeded' }
  | { readonly type: 'platformChosen'; readonly platform: PlatformId; readonly openingId: string }
  | { readonly type: 'renewalRequested'; readonly openingId: string }
  /** The front server opened or renewed what `openingId` asked for. */
  | {
      readonly type: 'opened';
      readonly openingId: string;
      readonly platform: PlatformId;
      readonly relay: StoredRelay;
    }
  | {
      readonly type: 'relayEvent';
      readonly businessId: string;
      readonly sequence: number;
      readonly kind: RelayEventType;
    }
  /** The client has read what is to be signed. */
  | { readonly type: 'documentsRead'; readonly documents: readonly DocumentDigest[] }
  | { readonly type: 'identityRead'; readonly businessId: string; readonly identity: StoredIdentity }
  /** The user picked a seal of the identity and its places, one list a document. */
  | {
      readonly type: 'arranged';
      readonly sealId: string;
      readonly places: readonly (readonly SealPlace[])[];
    }
  | { readonly type: 'prepared'; readonly businessId: string; readonly toBeSigned: readonly string[] }
  /** The front server has the bytes to be signed. */
  | { readonly type: 'submitted'; readonly businessId: string; readonly signingNumber: string }
  | { readonly type: 'signaturesRead'; readonly businessId: string; readonly signatures: readonly string[] }
  /** The client verified the signatures and wrote the documents. */
  | { readonly type: 'written'; readonly businessId: string; readonly documents: readonly DocumentDigest[] }
  /** The front server no longer knows the business id. */
  | { readonly type: 'relayLost'; readonly businessId: string }
  | { readonly type: 'resultRead'; readonly businessId: string; readonly result: LoginToken }
  /** The page took the outcome, or is gone and never will. */
  | { readonly type: 'settled' }
  | { readonly type: 'released'; readonly businessId: string }
  | { readonly type: 'windowChanged'; readonly windowId: number | undefined }
  | { readonly type: 'deadlineReached' }
  | { readonly type: 'cancelled'; readonly code: 'USER_CANCELLED' | 'REQUEST_ABORTED' | 'PAGE_GONE' }
  | { readonly type: 'failed'; readonly code: ErrorCode };
