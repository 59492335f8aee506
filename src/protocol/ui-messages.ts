import type { Driver } from './drivers.ts';
import type { DirectoryEntry } from './directory.ts';
import { promptBehaviours, settingsChangesSchema, type Language } from './settings.ts';
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
import type { BidView } from './bid-view.ts';
import type { LocalServiceUse, MirrorView, QrTrust, SeenCertificate } from './mirror-view.ts';
import type { SettingsView } from './settings-view.ts';
import type { VendorKey } from './connector-methods.ts';
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
  /** False where neither a front server nor a local service can serve it: shown, not selectable. */
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
  /** Driver `local`, in `awaitingScan`: the keys to choose from; absent while the service is asked. */
  readonly keys?: readonly VendorKey[];
  /** Driver `local`: the vendor's own window may be waiting for the PIN. */
  readonly pinWindow?: boolean;
  /** Driver `site`: what the QR's address was compared with. */
  readonly qrTrust?: QrTrust;
  /** Present in `failed` and `cancelled`. */
  readonly error?: WireError;
}

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
  /** What unmodified pages show, oldest first; absent: nothing. */
  readonly mirrors?: readonly MirrorView[];
  readonly localServices?: readonly LocalServiceUse[];
  /** Of the extension's pages; absent: the browser's. */
  readonly language?: Language;
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
  /** Brings the window of a found prompt to the front, opening it if need be. */
  v.strictObject({ command: v.literal('showMirror'), mirrorId: sessionId }),
  /** Brings the tab that shows a found prompt to the front. */
  v.strictObject({ command: v.literal('showMirrorTab'), mirrorId: sessionId }),
  /** What happens from now on when a prompt is found on this site. */
  v.strictObject({
    command: v.literal('setPromptBehaviour'),
    site: v.pipe(v.string(), v.maxLength(262)),
    behaviour: v.picklist(promptBehaviours),
  }),
  /** Certificates of earlier scans. */
  v.strictObject({ command: v.literal('seenCertificates') }),
  v.strictObject({ command: v.literal('directory') }),
  v.strictObject({ command: v.literal('settings') }),
  /** Replaces the given entries; an entry that policy locks is refused with SETTING_LOCKED. */
  v.strictObject({ command: v.literal('changeSettings'), changes: settingsChangesSchema }),
  /** What a settings file holds; SETTINGS_INVALID changes nothing. Entries that policy locks are left as they are. */
  v.strictObject({ command: v.literal('importSettings'), text: v.pipe(v.string(), v.maxLength(200_000)) }),
  /** Takes back the permission for a site; the built-in ones cannot be taken back. */
  v.strictObject({ command: v.literal('forgetSite'), site: v.pipe(v.string(), v.maxLength(262)) }),
  /** Driver `local`: the key that the user has chosen, in `awaitingScan`. */
  v.strictObject({ command: v.literal('chooseKey'), sessionId, key: v.pipe(v.string(), v.maxLength(200)) }),
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
  showMirror: null;
  showMirrorTab: null;
  setPromptBehaviour: null;
  seenCertificates: readonly SeenCertificate[];
  directory: readonly DirectoryEntry[];
  settings: SettingsView;
  changeSettings: null;
  importSettings: null;
  forgetSite: null;
  chooseKey: null;
  siteStatus: SiteStatus;
}
