import { fromBase64 } from '../../../../src/lib/bytes.ts';
import type { EncryptionParams, EncryptionResult } from '../../../../src/protocol/encryption-methods.ts';
import type { DrivenClient } from './driven-client.ts';
import { answerOf, noTrust, type Bidder } from './encryption-world.ts';

/** 2026-03-02 09:00 in China. */
export const encryptedAt = Date.UTC(2026, 2, 2, 1);

export function encryptParams(
  file: string,
  bidder: Bidder,
  wishes: Partial<EncryptionParams<'encrypt'>> = {},
): EncryptionParams<'encrypt'> {
  return {
    file,
    format: 'bid',
    own: bidder.own,
    further: [],
    trust: noTrust,
    encryptedAt: Date.now(),
    ...wishes,
  };
}

/** Has a file encrypted. */
export async function encrypted(
  client: DrivenClient,
  bidder: Bidder,
  plain: Uint8Array,
  wishes: Partial<EncryptionParams<'encrypt'>> & { readonly name?: string } = {},
): Promise<EncryptionResult<'encrypt'> & { readonly bytes: Buffer }> {
  const { name = 'bid.zip', ...rest } = wishes;
  const file = await client.send(name, plain);
  const result = await client.call('encrypt', encryptParams(file, bidder, rest));
  await client.call('file.drop', { file });
  return { ...result, bytes: await client.fetch(result.file) };
}

export type OpenParams = EncryptionParams<'opening.open'>;

/** Asks the bidder's phone for the key of a file. */
export async function phoneOpens(
  client: DrivenClient,
  bidder: Bidder,
  file: string,
): Promise<Omit<OpenParams, 'write'>> {
  const { opening, oneTimeKey } = await client.call('opening.create', {});
  const params = { files: [file], own: bidder.own, trust: noTrust, opening };
  const { bids } = await client.call('opening.prepare', params);
  const [bid] = bids;
  if (bid?.ok !== true) throw new Error(`not to be opened: ${JSON.stringify(bids)}`);
  return { opening, file, key: answerOf(bid.request, bidder.privateKey, oneTimeKey) };
}

/** The plaintext of an encrypted file that is sent to the client, and what the client says of it. */
export async function opened(
  client: DrivenClient,
  bidder: Bidder,
  bytes: Uint8Array,
  name = 'bid.zip.cabid',
) {
  const sent = await client.send(name, bytes);
  const params = await phoneOpens(client, bidder, sent);
  const result = await client.call('opening.open', { ...params, write: true });
  if (result.file === undefined) throw new Error('no file');
  const plain = await client.fetch(result.file);
  await client.call('file.drop', { file: sent });
  await client.call('file.drop', { file: result.file });
  return { ...result, bytes: plain };
}

/** A certificate as `own` of the methods has it, DER. */
export function certificateOf(own: Bidder['own']): Uint8Array {
  return fromBase64(own.certificate);
}
