import { assertNever } from '../../../lib/assert-never.ts';
import { displayableName } from '../../../lib/displayable-name.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { DocumentDigest } from '../../../protocol/documents.ts';
import type { Trust } from '../../../protocol/signature-methods.ts';
import type { SessionRecord, SessionRequest, SigningProgress } from '../../storage/session-record.ts';
import { receiveBlob, type ClientFile } from '../native/file-transfer.ts';
import type { NativeCallOptions, NativeClient } from '../native/native-client.ts';
import type { DeskJob, DocumentDesk } from '../documents/document-desk.ts';

type SigningRequest = Extract<
  SessionRequest,
  { scene: 'messageSignature' | 'signature' | 'revokeSignature' }
>;

export function isSigning(request: SessionRequest): request is SigningRequest {
  return !['login', 'encrypt', 'decrypt'].includes(request.scene);
}

function jobOf({ id, signing }: SessionRecord, signal: AbortSignal): DeskJob {
  return { sessionId: id, kind: 'signature', expected: signing.documents, signal };
}

/** Has the client read the documents, and refuse early what it could not sign. */
export async function readDocuments(
  session: SessionRecord,
  desk: DocumentDesk,
  signal: AbortSignal,
): Promise<readonly DocumentDigest[]> {
  const { request } = session;
  if (!isSigning(request)) return [];
  return desk.withClient(jobOf(session, signal), async ({ client, files }) => {
    for (const { file, size } of files) {
      if (size === 0) throw new CodedError('DOCUMENT_EMPTY');
      if (request.scene === 'signature') await client.call('seal.inspect', { file }, { signal });
      if (request.scene === 'revokeSignature') await client.call('revoke.inspect', { file }, { signal });
    }
    return files.map(({ size, sm3 }, index) => ({
      name: displayableName(request.names[index] ?? ''),
      size,
      sm3,
    }));
  });
}

/** What the phone is to sign, one for each document. */
export async function prepareSignatures(
  session: SessionRecord,
  desk: DocumentDesk,
  trust: Trust,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { request, signing } = session;
  return desk.withClient(jobOf(session, signal), async ({ client, files }) => {
    const all: string[] = [];
    for (const [index, file] of files.entries()) {
      all.push(await prepareOne(client, { request, signing, index, file, trust }, { signal }));
    }
    return all;
  });
}

interface OneDocument {
  readonly request: SessionRequest;
  readonly signing: SigningProgress;
  readonly index: number;
  readonly file: ClientFile;
  readonly trust: Trust;
}

async function prepareOne(
  client: NativeClient,
  document: OneDocument,
  options: NativeCallOptions,
): Promise<string> {
  const { request } = document;
  switch (request.scene) {
    case 'messageSignature':
      return (await client.call('message.prepare', messageParams(document, request), options)).toBeSigned;
    case 'signature':
      return (await client.call('seal.prepare', sealParams(document, request), options)).toBeSigned;
    case 'revokeSignature':
      return (await client.call('revoke.prepare', commonParams(document), options)).toBeSigned;
    case 'login':
    case 'encrypt':
    case 'decrypt':
      throw new CodedError('BRIDGE_INTERNAL', 'nothing is signed');
    default:
      return assertNever(request);
  }
}

/**
 * Has the client verify the phone's signatures and write the documents; fetches them. A signature that is not over
 * what was asked gives SIGNATURE_MISMATCH and no document at all.
 */
export async function writeDocuments(
  session: SessionRecord,
  desk: DocumentDesk,
  trust: Trust,
  signal: AbortSignal,
): Promise<{ readonly documents: readonly DocumentDigest[]; readonly blobs: readonly Blob[] }> {
  const { request, signing } = session;
  return desk.withClient(jobOf(session, signal), async ({ client, files }) => {
    const documents: DocumentDigest[] = [];
    const blobs: Blob[] = [];
    for (const [index, file] of files.entries()) {
      const document = { request, signing, index, file, trust };
      const output = await completeOne(client, document, { signal });
      blobs.push(await receiveBlob(client, output.file, { signal }));
      await client.call('file.drop', { file: output.file }, { signal });
      documents.push({ name: outputName(request, index), size: output.size, sm3: output.sm3 });
    }
    return { documents, blobs };
  });
}

async function completeOne(
  client: NativeClient,
  document: OneDocument,
  options: NativeCallOptions,
): Promise<ClientFile> {
  const { request, signing, index } = document;
  const toBeSigned = signing.toBeSigned?.[index];
  const signature = signing.signatures?.[index];
  if (toBeSigned === undefined || signature === undefined) throw new CodedError('SIGNATURE_MISMATCH');
  const answer = { toBeSigned, signature };
  switch (request.scene) {
    case 'messageSignature':
      return client.call('message.complete', { ...messageParams(document, request), ...answer }, options);
    case 'signature':
      return client.call('seal.complete', { ...sealParams(document, request), ...answer }, options);
    case 'revokeSignature':
      return client.call('revoke.complete', { ...commonParams(document), ...answer }, options);
    case 'login':
    case 'encrypt':
    case 'decrypt':
      throw new CodedError('BRIDGE_INTERNAL', 'nothing is signed');
    default:
      return assertNever(request);
  }
}

function commonParams({ file, signing, trust }: OneDocument) {
  const { identity, plan } = signing;
  if (identity === undefined || plan === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no plan');
  const { certificate, chain } = identity;
  return {
    file: file.file,
    signer: { certificate, chain: [...chain] },
    trust,
    signingTime: plan.signingTime,
  };
}

function messageParams(
  document: OneDocument,
  { params }: Extract<SessionRequest, { scene: 'messageSignature' }>,
) {
  return { ...commonParams(document), form: params.form };
}

function sealParams(document: OneDocument, { params }: Extract<SessionRequest, { scene: 'signature' }>) {
  const stamp = document.signing.plan?.stamp;
  const places = stamp?.places[document.index];
  if (stamp === undefined || places === undefined) throw new CodedError('BRIDGE_INTERNAL', 'no places');
  return {
    ...commonParams(document),
    format: params.format ?? 'cms',
    seal: stamp.seal,
    places: [...places],
  };
}

/** A sealed file keeps its name; a signature gets the extension of GM/T 0010 messages. */
function outputName(request: SessionRequest, index: number): string {
  const name = isSigning(request) ? (request.names[index] ?? '') : '';
  return displayableName(request.scene === 'messageSignature' ? `${name}.p7s` : name);
}
