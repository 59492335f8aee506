import type { Driver } from './drivers.ts';
import type { PlatformId } from './platform-ids.ts';
import type { Scene } from './scenes.ts';
import type { SessionState } from './session-states.ts';
import type { WireError } from './wire-error-schema.ts';
import type { ClientKind } from './native-messages.ts';
import type { Locale } from './errors.ts';
import type { ErrorCode } from './error-codes.ts';
import * as v from 'valibot';
import type { BlobLike } from '../lib/blob-like.ts';
import { base64CertificateSchema } from './base64.ts';
import type { BidWarning, FileFacts, OpeningPurpose, Receipt, Recipient } from './bids.ts';
import { blobSchema, documentNameSchema, type DocumentDigest, type Signer } from './documents.ts';
import { countLimits } from './limits.ts';
import { platformIdSchema } from './platform-ids.ts';
import { sealPlacesSchema, type ProposedPlace } from './seal-places.ts';
import type { VerificationReport } from './verification.ts';

/**
 * Extension pages ⇄ background. Both ends are ours and ship together, so replies are typed, not decoded; commands
 * are decoded, for the background trusts no sender's shape.
 */
export const uiPortName = 'ca-bridge-ui';

/** A platform as the user may choose it. */
export interface PlatformChoice {
  readonly id: PlatformId;
  readonly name: Readonly<Record<Locale, string>>;
  /** Telephone number of the platform's hotline, where it is published. */
  readonly hotline?: string;
  /** False where no front server is configured for it: shown, not selectable. */
  readonly available: boolean;
}

/** What a page may know of a session: everything that it shows, and no secret of the front server. */
export interface SessionView {
  readonly id: string;
  readonly scene: Scene;
  readonly driver: Driver;
  /** The asking site's origin, as the browser vouches for it. */
  readonly origin: string;
  readonly state: SessionState;
  /** Chosen platform; absent while the choice is open. */
  readonly platform?: PlatformId;
  readonly choices: readonly PlatformChoice[];
  /** The choice may still change: nobody has scanned yet. */
  readonly canChoosePlatform: boolean;
  readonly canRenew: boolean;
  readonly canCancel: boolean;
  /** Text that the QR encodes; present from `awaitingScan` to `scanned`. */
  readonly qrContent?: string;
  /** Two decimal digits that the phone shows too: of the scan, and anew of what is to be signed in `signing`. */
  readonly matchingNumber?: string;
  /** What is to be signed, once the client has read it; empty for `login`. */
  readonly documents: readonly DocumentDigest[];
  /** How far the documents are read (`requested`), or encrypted or opened (`confirmed`), in bytes. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Who scanned, as the certificate says; from `arranging` on. */
  readonly signer?: Signer;
  /** Milliseconds since the epoch on this machine's clock; only where the platform gave an expiry. */
  readonly expiresAt?: number;
  /** Of scenes `encrypt` and `decrypt`. */
  readonly bid?: BidView;
  /** Present in `failed` and `cancelled`. */
  readonly error?: WireError;
}

/** What a request to encrypt or decrypt has besides what every request has. */
export interface BidView {
  /** Of scene `decrypt`. */
  readonly purpose?: OpeningPurpose;
  /** As the site gave it, milliseconds since the epoch. */
  readonly openingTime?: number;
  /** Of `encrypt`, from `arranging` on, once the client has judged them: who will be able to open the files, the bidder's own first. */
  readonly recipients?: readonly Recipient[];
  /** The bidder's own certificate ends before the opening time: said before the user confirms. */
  readonly endsBeforeOpening?: boolean;
  /** Of `encrypt`, once the files are written. */
  readonly receipts?: readonly Receipt[];
  /** Of `decrypt`: the phone's own certificate, once it is known. */
  readonly phone?: Recipient;
  /** Of `decrypt`: how each document stands, in their order; empty until the client has read them. */
  readonly files: readonly BidFileView[];
  /** The encryption client was restarted: one more scan is needed, what is open stays. */
  readonly scanAgain: boolean;
  /** In `completing`: the user still has to save the files (`sessionOutputs`, `outputsSaved`). */
  readonly awaitsSaving: boolean;
}

export type BidFileView =
  /** Not failed so far: `plain` once it is opened and checked. */
  | {
      readonly ok: true;
      readonly recipients: readonly Recipient[];
      readonly warnings: readonly BidWarning[];
      readonly plain?: FileFacts;
      /** By the encrypting machine's clock, milliseconds since the epoch; beside `plain`. */
      readonly encryptedAt?: number;
    }
  | { readonly ok: false; readonly recipients: readonly Recipient[]; readonly code: ErrorCode };

/** A written file that the user is to save. */
export interface SessionOutput {
  readonly name: string;
  readonly blob: BlobLike;
}

/** A seal that the scanned phone offers. */
export interface SealChoice {
  readonly id: string;
  readonly name: string;
  readonly picture: {
    readonly type: 'png' | 'jpeg';
    readonly base64: string;
    readonly widthMm: number;
    readonly heightMm: number;
  };
  /** ISO 8601. */
  readonly validTo: string;
  /** False for a seal that has expired or is not for the phone's certificate: shown, not selectable. */
  readonly usable: boolean;
}

/** What the window needs to show documents and place seals; too large for the snapshot. */
export interface SessionDocuments {
  readonly documents: readonly {
    readonly name: string;
    /** Absent where the page has not handed it over again since the worker was restarted. */
    readonly blob?: BlobLike;
    /** Places that the site proposes. */
    readonly places: readonly ProposedPlace[];
    /** Shown as text rather than as pages. */
    readonly isText: boolean;
  }[];
  /** Empty until the phone has identified itself. */
  readonly seals: readonly SealChoice[];
}

/** The end of the last session, without its result. */
export interface LastOutcome {
  readonly scene: Scene;
  readonly origin: string;
  readonly state: 'succeeded' | 'cancelled' | 'failed';
  readonly errorCode?: ErrorCode;
  readonly at: number;
}

/** Background → pages, after each change. */
export interface UiSnapshot {
  /** Live sessions and those whose end a window still shows, oldest first. */
  readonly sessions: readonly SessionView[];
  readonly lastOutcome?: LastOutcome;
  /** Set while managed policy is ignored because it does not match its schema. */
  readonly policyProblem?: string;
}

export type SiteSupport =
  /** The bridge runs here. */
  | 'enabled'
  /** Configured by policy or permitted before, but the browser's permission is missing: one press away. */
  | 'needsPermission'
  /** Any other https page: the user may enable it. */
  | 'notEnabled'
  /** Not https, or a page of the browser: the bridge cannot run here. */
  | 'impossible';

export interface SiteStatus {
  readonly origin?: string;
  readonly support: SiteSupport;
}

export type ClientStatus =
  | { readonly kind: ClientKind; readonly found: true; readonly version: string }
  | { readonly kind: ClientKind; readonly found: false; readonly error: WireError };

const sessionId = v.pipe(v.string(), v.uuid());

/** Page → background commands; `uiReplies` gives what each returns. */
export const uiCommandSchema = v.variant('command', [
  v.strictObject({ command: v.literal('cancelSession'), sessionId }),
  v.strictObject({ command: v.literal('renewSession'), sessionId }),
  v.strictObject({ command: v.literal('choosePlatform'), sessionId, platform: platformIdSchema }),
  /** Bring the session's window to the front, opening it again if need be. */
  v.strictObject({ command: v.literal('showSession'), sessionId }),
  v.strictObject({ command: v.literal('checkClients') }),
  v.strictObject({ command: v.literal('sessionDocuments'), sessionId }),
  /** The user has chosen seal and places, one list a document: in `arranging`. */
  v.strictObject({
    command: v.literal('arrange'),
    sessionId,
    sealId: v.pipe(v.string(), v.maxLength(64)),
    places: v.pipe(v.array(sealPlacesSchema), v.minLength(1), v.maxLength(countLimits.documents)),
  }),
  /** The user has seen whose certificate the files are encrypted to: in `arranging` of `encrypt`. */
  v.strictObject({ command: v.literal('confirmRecipient'), sessionId }),
  /** The bytes that the user is to save, in `completing`. */
  v.strictObject({ command: v.literal('sessionOutputs'), sessionId }),
  /** The user has saved them all. */
  v.strictObject({ command: v.literal('outputsSaved'), sessionId }),
  /** Verifies a file by the signature client. */
  v.strictObject({
    command: v.literal('verifyFile'),
    name: documentNameSchema,
    blob: blobSchema,
    /** What a detached message is over. */
    content: v.optional(blobSchema),
    /** Authorities that the user trusts besides the deployment's, base64 DER. */
    trustAnchors: v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors)),
  }),
  /** `url`: address of the tab that the popup was opened over. */
  v.strictObject({ command: v.literal('siteStatus'), url: v.pipe(v.string(), v.maxLength(8_192)) }),
]);

export type UiCommand = v.InferOutput<typeof uiCommandSchema>;

export interface UiReplies {
  cancelSession: null;
  renewSession: null;
  choosePlatform: null;
  showSession: null;
  checkClients: readonly ClientStatus[];
  sessionDocuments: SessionDocuments;
  arrange: null;
  confirmRecipient: null;
  sessionOutputs: readonly SessionOutput[];
  outputsSaved: null;
  verifyFile: VerificationReport;
  siteStatus: SiteStatus;
}
