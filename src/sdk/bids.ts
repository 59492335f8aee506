import type { BidCheckParams, OpenedBid, OpenedBids } from '../protocol/bid-methods.ts';
import type { BidFormat, BidWarning, FileFacts, Receipt, Recipient } from '../protocol/bids.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import type { WireError } from '../protocol/wire-error-schema.ts';
import { ownError } from './bridge-error.ts';
import type { CallOptions, PortClient } from './port-client.ts';
import { siteOf, type SiteFlow } from './site-flow.ts';
import { toDocument } from './to-document.ts';

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

export interface FilesToEncrypt extends BidOptions, WithOpeningTime, WithDelivery {
  /** Up to 20. */
  readonly files: readonly File[];
  /** Further certificates that can open the files (the trading centre's), base64 DER, up to 15. */
  readonly recipients?: string[] | undefined;
  /** The documented bid format (`bid`, the default), or a plain EnvelopedData of GM/T 0010 (`enveloped`). */
  readonly format?: BidFormat | undefined;
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
  | { ok: false; name: string; recipients: Recipient[]; error: WireError };

export interface OpenedFiles {
  /** One for each file, in their order. */
  readonly bids: readonly OpenedFile[];
  /** The phone's encryption certificate; absent where it has none. */
  readonly certificate?: Recipient | undefined;
}

export async function encrypt(
  client: PortClient,
  { files, openingTime, flow, ...options }: FilesToEncrypt,
  callOptions?: CallOptions,
): Promise<EncryptedFiles> {
  const documents = files.map(toDocument);
  const params = { ...options, documents, openingTime: instant(openingTime), site: siteOf(flow) };
  const { outputs } = await client.call('encrypt', params, callOptions, flow);
  return {
    files: outputs.map(({ receipt, blob }) => ({
      receipt,
      ...(blob === undefined ? {} : { file: new File([blob as Blob], receipt.cipher.name) }),
    })),
  };
}

export async function decrypt(
  client: PortClient,
  { files, flow, ...options }: FilesToDecrypt,
  callOptions?: CallOptions,
): Promise<OpenedFiles> {
  const params = { ...options, documents: files.map(toDocument), site: siteOf(flow) };
  return toOpened(await client.call('decrypt', params, callOptions, flow));
}

/** What `rehearse` and `readiness` have in common: nothing is written. */
export async function checkBids(
  client: PortClient,
  method: 'rehearse' | 'readiness',
  { files, openingTime, flow, ...options }: FilesToCheck,
  callOptions?: CallOptions,
): Promise<OpenedFiles> {
  const documents = files.map(toDocument);
  const params: BidCheckParams = {
    ...options,
    documents,
    openingTime: instant(openingTime),
    site: siteOf(flow),
  };
  return toOpened(await client.call(method, params, callOptions, flow));
}

function instant(time: Date | undefined): number | undefined {
  if (time === undefined) return undefined;
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) throw ownError('BAD_REQUEST');
  return time.getTime();
}

function toOpened({ bids, certificate }: OpenedBids): OpenedFiles {
  return { bids: bids.map(toFile), certificate };
}

function toFile(bid: OpenedBid): OpenedFile {
  if (!bid.ok) return bid;
  const { blob, ...rest } = bid;
  const { plain } = rest;
  return blob === undefined || plain === undefined
    ? rest
    : { ...rest, file: new File([blob as Blob], plain.name) };
}
