import type { VendorKey } from '../../protocol/connector-methods.ts';
import type { SessionDriver } from '../../protocol/drivers.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { DocumentDigest, Signer } from '../../protocol/documents.ts';
import type { LoginToken } from '../../protocol/login-token.ts';
import type { BidCheckParams, DecryptParams, EncryptParams } from '../../protocol/bid-methods.ts';
import type { BidWarning, FileFacts, OpeningPurpose, Receipt, Recipient } from '../../protocol/bids.ts';
import type {
  LoginParams,
  RevokeSealParams,
  SealParams,
  ShowLoginParams,
  SignMessageParams,
} from '../../protocol/page-messages.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { ProposedPlace, SealPlace } from '../../protocol/seal-places.ts';
import type { SessionState } from '../../protocol/session-states.ts';
import type { SealChoice } from '../../protocol/ui-messages.ts';

/** The page document that asked: the only one that gets the answer. */
export interface Asker {
  /** As the browser vouches for it. */
  readonly origin: string;
  readonly tabId: number;
  readonly documentId: string;
  /** The page's own id of the request. */
  readonly requestId: string;
}

/** A session at a platform, as the store keeps it: `PlatformHandle`. */
export interface StoredRelay {
  readonly businessId: string;
  readonly secret: string;
  readonly qr?: string;
  readonly matchingNumber?: string;
  readonly expiresAt?: number;
  readonly keys?: readonly VendorKey[];
  readonly key?: string;
}

/** A session at a platform that nobody needs any more, and where to say so. */
export interface StoredRelease {
  readonly platform: PlatformId;
  readonly driver: SessionDriver;
  readonly relay: StoredRelay;
}

/** What a page asked for; the bytes of documents stay with the page. */
export type SessionRequest =
  | { readonly scene: 'login'; readonly params: LoginParams | ShowLoginParams }
  | {
      readonly scene: 'messageSignature';
      readonly params: Omit<SignMessageParams, 'document'>;
      readonly names: readonly string[];
    }
  | {
      readonly scene: 'signature';
      readonly params: Omit<SealParams, 'documents'>;
      readonly names: readonly string[];
      /** What the site proposes, one list a document. */
      readonly places: readonly (readonly ProposedPlace[])[];
    }
  | {
      readonly scene: 'revokeSignature';
      readonly params: Omit<RevokeSealParams, 'document'>;
      readonly names: readonly string[];
    }
  | {
      readonly scene: 'encrypt';
      readonly params: Omit<EncryptParams, 'documents'>;
      readonly names: readonly string[];
    }
  | {
      readonly scene: 'decrypt';
      readonly purpose: OpeningPurpose;
      readonly params: Omit<DecryptParams & BidCheckParams, 'documents'>;
      readonly names: readonly string[];
    };

/** A seal that the phone offers, with what is shown of it. */
export interface StoredSeal extends SealChoice {
  /** SESeal, base64 DER. */
  readonly der: string;
}

/** Who scanned. */
export interface StoredIdentity {
  /** Base64 DER. */
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly signer: Signer;
  readonly seals: readonly StoredSeal[];
  /** Base64 DER: the pair's other certificate, in scenes `encrypt` and `decrypt`, where the phone has one. */
  readonly encryptionCertificate?: string;
}

/** How one document of scene `decrypt` stands. */
export type BidProgress =
  | {
      readonly ok: true;
      readonly recipients: readonly Recipient[];
      readonly warnings: readonly BidWarning[];
      /** Present once it is opened and checked. */
      readonly plain?: FileFacts;
      readonly encryptedAt?: number;
    }
  | { readonly ok: false; readonly recipients: readonly Recipient[]; readonly code: ErrorCode };

/** Everything that decides the bytes to be signed, besides documents and identity. */
export interface SigningPlan {
  readonly signingTime: number;
  /** SESeal, base64 DER, and places, one list a document: of scene `signature`. */
  readonly stamp?: { readonly seal: string; readonly places: readonly (readonly SealPlace[])[] };
}

/** How far a scene with documents has come: each part is there from one state on, and stays. */
export interface SigningProgress {
  /** As the client read them. */
  readonly documents?: readonly DocumentDigest[];
  readonly identity?: StoredIdentity;
  readonly plan?: SigningPlan;
  /** One for each document, base64. */
  readonly toBeSigned?: readonly string[];
  /** The platform has `toBeSigned`. */
  readonly submitted?: boolean;
  /** Two decimal digits that the phone shows too, once it has the bytes to be signed; absent where it shows none. */
  readonly signingNumber?: string;
  /** One for each document, base64 DER. */
  readonly signatures?: readonly string[];
  /** Of `encrypt`: as the client judged them, the bidder's own first. */
  readonly recipients?: readonly Recipient[];
  /** Of `encrypt`: one for each document, once they are written. */
  readonly receipts?: readonly Receipt[];
  /** Of `decrypt`: one for each document, from reading on. */
  readonly bids?: readonly BidProgress[];
  /** Of `decrypt`: the phone's own certificate as the client read it. */
  readonly phone?: Recipient;
  /** Of `decrypt`: the client's one-time key, which its process alone has. */
  readonly opening?: { readonly id: string; readonly oneTimeKey: string };
  /** Of `decrypt`: whose requests `toBeSigned` holds, as indexes of documents. */
  readonly asked?: readonly number[];
  /** Of `decrypt`: what the phone gave, one for each request. */
  readonly keys?: readonly (string | null)[];
  /** Of `decrypt`: each time that the client was lost, the index of the document that it was opening, or -1. */
  readonly losses?: readonly number[];
  /** The one-time key of an earlier scan is gone. */
  readonly scanAgain?: boolean;
}

export type SessionOutcome =
  | { readonly result: LoginToken }
  /** A login of driver `site`: what came of it is with the site. */
  | { readonly done: true }
  /** The documents are written; their bytes are made again by the client where they were lost. */
  | { readonly written: readonly DocumentDigest[] }
  /** `signing` says what became of the bids: `receipts` or `bids`. Their bytes are gone with the worker. */
  | { readonly bids: 'encrypted' | 'opened' }
  | { readonly error: ErrorCode };

/** One session, whole: a worker that starts with nothing but this goes on where the last one was stopped. */
export interface SessionRecord {
  /** UUID. */
  readonly id: string;
  readonly asker: Asker;
  readonly request: SessionRequest;
  /** Empty for `login`. */
  readonly signing: SigningProgress;
  /** Decided with the platform; `site` from the start, where the page says so. */
  readonly driver: SessionDriver;
  readonly state: SessionState;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  /** When the current state ends by itself. */
  readonly deadline: number;
  readonly platform?: PlatformId;
  /** Makes opening or renewing at the front server repeatable. */
  readonly openingId?: string;
  readonly relay?: StoredRelay;
  /** Highest event sequence seen of `relay`. */
  readonly lastSequence: number;
  readonly releases: readonly StoredRelease[];
  readonly outcome?: SessionOutcome;
  /** The user has saved what does not go back to the page. */
  readonly saved?: boolean;
  /** The page has the outcome, or is gone. */
  readonly settled: boolean;
  readonly windowId?: number;
}
