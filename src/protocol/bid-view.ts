import type { BidWarning, FileFacts, OpeningPurpose, Receipt, Recipient } from './bids.ts';
import type { ErrorCode } from './error-codes.ts';

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
