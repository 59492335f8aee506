import type { SignedDocuments, Signer } from '../protocol/documents.ts';
import type { PlatformId } from '../protocol/platform-ids.ts';
import type { ProposedPlace, SealFormat } from '../protocol/seal-places.ts';
import { BridgeError, ownError } from './bridge-error.ts';
import type { CallOptions, PortClient } from './port-client.ts';
import { siteOf, type SiteFlow } from './site-flow.ts';
import { toDocument } from './to-document.ts';

interface SigningOptions {
  /** Leave it out to let the deployment or the user choose. */
  readonly platform?: PlatformId | undefined;
  /** Where the site runs the platform's flow itself; its platform counts then. */
  readonly flow?: SiteFlow | undefined;
  /** Authorities that the signer's certificate may come from besides the deployment's, base64 DER. */
  readonly trustAnchors?: string[] | undefined;
}

export type MessageToSign = SigningOptions & {
  /** Whether the result carries the content, or only the signature over it. */
  readonly form: 'attached' | 'detached';
} & (
    | {
        /** Shown to the user, signed as UTF-8. */
        readonly text: string;
      }
    | { readonly file: File }
  );

export interface FilesToSeal extends SigningOptions {
  readonly files: readonly { readonly file: File; readonly places?: ProposedPlace[] | undefined }[];
  /** SM2 CMS (`cms`, the default) or SES_Signature of GB/T 38540 (`ses`). */
  readonly format?: SealFormat | undefined;
}

export interface FileToRevoke extends SigningOptions {
  readonly file: File;
}

export interface SignedFile {
  readonly file: File;
  /** SM3 of its bytes, lower-case hexadecimal. */
  readonly sm3: string;
  readonly signer: Signer;
}

export interface SignedFiles {
  readonly files: readonly { readonly file: File; readonly sm3: string }[];
  readonly signer: Signer;
}

/** Pages in plain JavaScript hand over what they have: parameters of another shape are a bad request, no riddle. */
export function asBridgeError<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof BridgeError ? error : ownError('BAD_REQUEST');
  });
}

export async function signMessage(
  client: PortClient,
  { form, platform, flow, trustAnchors, ...content }: MessageToSign,
  options?: CallOptions,
): Promise<SignedFile> {
  const isText = 'text' in content;
  if (isText && typeof content.text !== 'string') throw ownError('BAD_REQUEST');
  const document = isText
    ? { name: 'message.txt', blob: new Blob([content.text], { type: 'text/plain' }) }
    : toDocument(content.file);
  const params = { document, isText, form, platform, site: siteOf(flow), trustAnchors };
  return onlyFile(await client.call('signMessage', params, options, flow));
}

export async function seal(
  client: PortClient,
  { files, format, platform, flow, trustAnchors }: FilesToSeal,
  options?: CallOptions,
): Promise<SignedFiles> {
  const documents = files.map(({ file, places }) => ({ ...toDocument(file), places }));
  const params = { documents, format, platform, site: siteOf(flow), trustAnchors };
  return toFiles(await client.call('seal', params, options, flow));
}

export async function revokeSeal(
  client: PortClient,
  { file, platform, flow, trustAnchors }: FileToRevoke,
  options?: CallOptions,
): Promise<SignedFile> {
  const params = { document: toDocument(file), platform, site: siteOf(flow), trustAnchors };
  return onlyFile(await client.call('revokeSeal', params, options, flow));
}

function toFiles({ outputs, signer }: SignedDocuments): SignedFiles {
  const files = outputs.map(({ name, sm3, blob }) => ({ file: new File([blob as Blob], name), sm3 }));
  return { files, signer };
}

function onlyFile(documents: SignedDocuments): SignedFile {
  const { files, signer } = toFiles(documents);
  const [first] = files;
  if (first === undefined) throw ownError('BRIDGE_INTERNAL');
  return { ...first, signer };
}
