import { signSm2 } from '../../../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../../../src/lib/bytes.ts';
import type { SealFormat, SealPlace } from '../../../../src/protocol/seal-places.ts';
import type {
  SignatureParams,
  SignerCertificate,
  Trust,
} from '../../../../src/protocol/signature-methods.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import type { DrivenClient } from './driven-client.ts';
import { noTrust } from './signature-world.ts';

export interface Wishes {
  readonly trust?: Trust;
  /** Milliseconds since the epoch. */
  readonly signingTime?: number;
}

export interface SealWishes extends Wishes {
  readonly format?: SealFormat;
  readonly places?: readonly SealPlace[];
  /** SESeal, DER: the subscriber's company seal unless told. */
  readonly seal?: Uint8Array;
}

export const signerOf = ({ pair }: TestSubscriber): SignerCertificate => ({
  certificate: toBase64(pair.signing),
  chain: pair.chain.map(toBase64),
});

/** What all scenes want to know. */
function common(file: string, subscriber: TestSubscriber, { trust = noTrust, signingTime }: Wishes) {
  return { file, signer: signerOf(subscriber), trust, signingTime: signingTime ?? wholeSecond() };
}

const wholeSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

export function messageParams(
  file: string,
  subscriber: TestSubscriber,
  wishes: Wishes & { readonly form?: 'attached' | 'detached' } = {},
): SignatureParams<'message.prepare'> {
  return { ...common(file, subscriber, wishes), form: wishes.form ?? 'detached' };
}

/** In the middle of an A4 page. */
export const middleOfFirstPage: SealPlace = { kind: 'point', page: 1, x: 300, y: 400 };

export function sealParams(
  file: string,
  subscriber: TestSubscriber,
  wishes: SealWishes = {},
): SignatureParams<'seal.prepare'> {
  const { format = 'cms', places = [middleOfFirstPage], seal = subscriber.seals[0]?.seal } = wishes;
  return {
    ...common(file, subscriber, wishes),
    format,
    seal: toBase64(seal ?? new Uint8Array()),
    places: [...places],
  };
}

export function revokeParams(
  file: string,
  subscriber: TestSubscriber,
  wishes: Wishes = {},
): SignatureParams<'revoke.prepare'> {
  return common(file, subscriber, wishes);
}

/** The phone: signs what it is given. */
export function answerTo(subscriber: TestSubscriber, toBeSigned: string) {
  return {
    toBeSigned,
    signature: toBase64(signSm2(subscriber.credential.privateKey, fromBase64(toBeSigned))),
  };
}

/** Both halves of the message scene: the id of the signed message. */
export async function signMessage(
  client: DrivenClient,
  subscriber: TestSubscriber,
  params: SignatureParams<'message.prepare'>,
): Promise<string> {
  const { toBeSigned } = await client.call('message.prepare', params);
  const { file } = await client.call('message.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
  return file;
}

/** Both halves of the seal scene: the id of the sealed document. */
export async function sealDocument(
  client: DrivenClient,
  subscriber: TestSubscriber,
  params: SignatureParams<'seal.prepare'>,
): Promise<string> {
  const { toBeSigned } = await client.call('seal.prepare', params);
  const { file } = await client.call('seal.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
  return file;
}

/** Both halves of the revocation scene: the id of the document without the seal. */
export async function revokeSeal(
  client: DrivenClient,
  subscriber: TestSubscriber,
  params: SignatureParams<'revoke.prepare'>,
): Promise<string> {
  const { toBeSigned } = await client.call('revoke.prepare', params);
  const { file } = await client.call('revoke.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
  return file;
}
