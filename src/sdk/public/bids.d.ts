import type { PlatformId } from './ca-bridge.d.ts';
import type { ErrorCode } from './error-codes.d.ts';
import type { SiteFlow } from './site-flow.d.ts';

/** Encrypting and opening bids: types of the site API, free of dependencies. */

interface BidOptions {
  /** Leave it out to let the deployment or the user choose. */
  readonly platform?: PlatformId | undefined;
  /** Where the site runs the platform's flow itself; its platform counts then. */
  readonly flow?: SiteFlow | undefined;
  /** Authorities that certificates may come from besides the deployment's, base64 DER. */
  readonly trustAnchors?: string[] | undefined;
}

interface WithOpeningTime {
  /** When the bids will be opened: the user is warned of a certificate that ends before. */
  readonly openingTime?: Date | undefined;
}

interface WithDelivery {
  /** Where what is written goes: back to the page (`page`, the default), or to a place that the user picks (`user`). */
  readonly deliver?: 'page' | 'user' | undefined;
}

/** The documented bid format (`bid`, the default), or a plain EnvelopedData of GM/T 0010 (`enveloped`). */
export type BidFormat = 'bid' | 'enveloped';

export interface FilesToEncrypt extends BidOptions, WithOpeningTime, WithDelivery {
  /** Up to 20. */
  readonly files: readonly File[];
  /** Further certificates that can open the files (the trading centre's), base64 DER, up to 15. */
  readonly recipients?: string[] | undefined;
  readonly format?: BidFormat | undefined;
}

/** A certificate that can open a file. */
export interface Recipient {
  name: string;
  organization?: string | undefined;
  creditCode?: string | undefined;
  /** Lower-case hexadecimal. */
  serialNumber: string;
  /** SM3 of the certificate's DER, lower-case hexadecimal. */
  fingerprint: string;
  /** Milliseconds since the epoch. */
  notBefore: number;
  notAfter: number;
}

export interface FileFacts {
  name: string;
  size: number;
  /** SM3 of its bytes, lower-case hexadecimal. */
  sm3: string;
}

/** What the user keeps of an encryption; the site should keep it too. */
export interface Receipt {
  id: string;
  /** Origin of the asking site. */
  site: string;
  /** Milliseconds since the epoch. */
  encryptedAt: number;
  openingTime?: number | undefined;
  format: BidFormat;
  plain: FileFacts;
  cipher: FileFacts;
  /** The bidder's own certificate first. */
  recipients: Recipient[];
}

/** `file` is absent where the user keeps it. */
export interface EncryptedFile {
  readonly file?: File;
  readonly receipt: Receipt;
}

export interface EncryptedFiles {
  readonly files: readonly EncryptedFile[];
}

export interface FilesToDecrypt extends BidOptions, WithDelivery {
  /** Up to 20, as `encrypt` made them. */
  readonly files: readonly File[];
}

export interface FilesToCheck extends BidOptions, WithOpeningTime {
  readonly files: readonly File[];
}

/** What is worth knowing of a file that can be opened all the same. */
export type BidWarning =
  'CERTIFICATE_RENEWED' | 'CERTIFICATE_ENDS_BEFORE_OPENING' | 'CERTIFICATE_EXPIRED' | 'CERTIFICATE_REVOKED';

/** What became of one encrypted file; a failed one keeps no other from being opened. */
export type OpenedFile =
  | {
      ok: true;
      /** The encrypted file's own name. */
      name: string;
      /** Whose certificates can open it. */
      recipients: Recipient[];
      warnings: BidWarning[];
      /** What was in it; absent in `readiness`. */
      plain?: FileFacts | undefined;
      /** By the bidder's clock, milliseconds since the epoch. */
      encryptedAt?: number | undefined;
      readonly file?: File;
    }
  | {
      ok: false;
      name: string;
      recipients: Recipient[];
      error: { code: ErrorCode; message: string; retry: boolean };
    };

export interface OpenedFiles {
  /** One for each file, in their order. */
  readonly bids: readonly OpenedFile[];
  /** The phone's encryption certificate; absent where it has none. */
  readonly certificate?: Recipient | undefined;
}
