import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { Receipt, Recipient } from '../../../protocol/bids.ts';
import type { SessionDriver } from '../../../protocol/drivers.ts';
import type { LoginToken } from '../../../protocol/login-token.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { RelayEventType } from '../../../platforms/platform.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import type { SealPlace } from '../../../protocol/seal-places.ts';
import type {
  BidProgress,
  SigningProgress,
  StoredIdentity,
  StoredRelay,
} from '../../storage/session-record.ts';

/** Everything that can happen to a session. `openingId` is fresh randomness that the reducer may not make. */
export type SessionEvent =
  /** Several platforms could serve and nobody has chosen. */
  | { readonly type: 'choiceNeeded' }
  | {
      readonly type: 'platformChosen';
      readonly platform: PlatformId;
      /** `site` of a request that says so, and of no other. */
      readonly driver: SessionDriver;
      readonly openingId: string;
    }
  /** Driver `local`: the user has chosen a key of the vendor's service. */
  | { readonly type: 'keyChosen'; readonly key: string }
  | { readonly type: 'renewalRequested'; readonly openingId: string }
  /** The platform opened or renewed what `openingId` asked for. */
  | {
      readonly type: 'opened';
      readonly openingId: string;
      readonly platform: PlatformId;
      readonly driver: SessionDriver;
      readonly relay: StoredRelay;
    }
  | {
      readonly type: 'relayEvent';
      readonly businessId: string;
      readonly sequence: number;
      readonly kind: RelayEventType;
    }
  /** The client has read the documents; `bids` in scene `decrypt` only. */
  | {
      readonly type: 'documentsRead';
      readonly documents: readonly DocumentDigest[];
      readonly bids?: readonly BidProgress[];
    }
  | { readonly type: 'identityRead'; readonly businessId: string; readonly identity: StoredIdentity }
  /** The user picked a seal of the identity and its places, one list a document. */
  | {
      readonly type: 'arranged';
      readonly sealId: string;
      readonly places: readonly (readonly SealPlace[])[];
    }
  | { readonly type: 'prepared'; readonly businessId: string; readonly toBeSigned: readonly string[] }
  /** The platform has the bytes to be signed; the phone shows this number, where it shows one. */
  | { readonly type: 'submitted'; readonly businessId: string; readonly signingNumber?: string | undefined }
  | { readonly type: 'signaturesRead'; readonly businessId: string; readonly signatures: readonly string[] }
  /** The client verified the signatures and wrote the documents. */
  | { readonly type: 'written'; readonly businessId: string; readonly documents: readonly DocumentDigest[] }
  /** The client has judged to whom files are encrypted. */
  | {
      readonly type: 'recipientsJudged';
      readonly businessId: string;
      readonly recipients: readonly Recipient[];
    }
  /** The user has seen whose certificate it is. */
  | { readonly type: 'recipientConfirmed' }
  /** The client encrypted the files and checked what it wrote. */
  | { readonly type: 'encrypted'; readonly receipts: readonly Receipt[] }
  /** The client has made its one-time key. */
  | { readonly type: 'openingCreated'; readonly opening: NonNullable<SigningProgress['opening']> }
  /** The client knows which files the phone can open. */
  | {
      readonly type: 'openingPrepared';
      readonly businessId: string;
      /** Absent where it has no certificate that files could be encrypted to. */
      readonly phone?: Recipient | undefined;
      readonly bids: readonly BidProgress[];
      /** Indexes of documents. */
      readonly asked: readonly number[];
      /** One for each that is asked for; none where it is only checked. */
      readonly requests: readonly string[];
    }
  | { readonly type: 'keysRead'; readonly businessId: string; readonly keys: readonly (string | null)[] }
  /** What became of one document. */
  | {
      readonly type: 'bidOpened';
      readonly businessId: string;
      readonly index: number;
      readonly bid: BidProgress;
    }
  /** Something became of each document. */
  | { readonly type: 'bidsOpened'; readonly businessId: string }
  /**
   * Bytes, or the key to them, are gone with worker or client: files are encrypted again, or opened after one more
   * scan. `kept`: documents whose opened bytes are still there; `during`: the one that was being opened.
   */
  | { readonly type: 'bytesLost'; readonly kept: readonly number[]; readonly during?: number | undefined }
  /** The user has saved what does not go back to the page. */
  | { readonly type: 'saved' }
  /** The front server no longer knows the business id. */
  | { readonly type: 'relayLost'; readonly businessId: string }
  /** `result`: absent of driver `site`, and of no other. */
  | { readonly type: 'resultRead'; readonly businessId: string; readonly result?: LoginToken | undefined }
  /** The page took the outcome, or is gone and never will. */
  | { readonly type: 'settled' }
  | { readonly type: 'released'; readonly businessId: string }
  | { readonly type: 'windowChanged'; readonly windowId: number | undefined }
  | { readonly type: 'deadlineReached' }
  | { readonly type: 'cancelled'; readonly code: 'USER_CANCELLED' | 'REQUEST_ABORTED' | 'PAGE_GONE' }
  | { readonly type: 'failed'; readonly code: ErrorCode };
