import { encode, encodeOctetString, encodeSequence, encodeUnsignedInteger } from '../../src/gm/der-encode.ts';
import { contextTag, parseDer } from '../../src/gm/der.ts';
import { sealEnvelope } from '../../src/gm/enveloped-data.ts';
import { decryptSm2 } from '../../src/gm/sm2-encryption.ts';
import { generateSm2KeyPair, type Sm2KeyPair } from '../../src/gm/sm2.ts';
import { sm3 } from '../../src/gm/sm3.ts';
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '../../src/lib/bytes.ts';
import type {
  EncryptionRequest,
  OpeningRequest,
  RelayHandle,
  QrPlatform,
  SignerIdentity,
} from '../../src/platforms/platform.ts';
import type { DocumentDigest } from '../../src/protocol/documents.ts';
import type { PendingOpening } from '../../src/sandbox/phone/phone-agent.ts';
import type { TestSubscriber } from '../support/test-subscriber.ts';
import { siteOrigin, type RelayBench } from './relay-bench.ts';

export const never = new AbortController().signal;

const documents: readonly DocumentDigest[] = ['encrypted one', 'encrypted two'].map((content, index) => ({
  name: `投标文件 ${index + 1}.pdf.cabid`,
  size: content.length,
  sm3: toHex(sm3(utf8(content))),
}));

export const encryptionRequest: EncryptionRequest = { scene: 'encrypt', origin: siteOrigin, documents };

/** The client's one-time key. */
export const clientKey: Sm2KeyPair = generateSm2KeyPair();

/** Two encrypted documents of a site, to be opened to `key`. */
export function openingRequest(
  purpose: OpeningRequest['purpose'] = 'open',
  { publicKey }: Pick<Sm2KeyPair, 'publicKey'> = clientKey,
): OpeningRequest {
  const common = { scene: 'decrypt', origin: siteOrigin, documents } as const;
  return purpose === 'check'
    ? { ...common, purpose }
    : { ...common, purpose, oneTimeKey: toBase64(publicKey) };
}

export interface RequestParts {
  readonly version?: bigint;
  /** Hexadecimal SM3. */
  readonly document: string;
  readonly envelope: Uint8Array;
  /** Elements behind the last. */
  readonly more?: readonly Uint8Array[];
}

/** OpeningRequest of the relay document, DER. */
export function encodeRequest(parts: RequestParts): Uint8Array {
  const { version = 1n, document, envelope, more = [] } = parts;
  return encodeSequence(
    encodeUnsignedInteger(version),
    encodeOctetString(fromHex(document)),
    encodeOctetString(envelope),
    ...more,
  );
}

/** 48 bytes that are the same for the same file and differ between files. */
export const contentKeyOf = (document: DocumentDigest): Uint8Array =>
  Uint8Array.from([...sm3(utf8(document.name)), ...sm3(utf8(document.sm3)).subarray(0, 16)]);

/** An envelope of the document's content key. */
export function envelopeOf(document: DocumentDigest, ...recipients: readonly Uint8Array[]): Uint8Array {
  return sealEnvelope({ content: contentKeyOf(document), recipients });
}

/** The same envelope with its keys alone. */
export function withoutContent(envelope: Uint8Array): Uint8Array {
  const [type, explicit] = parseDer(envelope).children;
  const [version, recipients, encrypted] = explicit?.children[0]?.children ?? [];
  const [contentType, algorithm] = encrypted?.children ?? [];
  const raw = [type, version, recipients, contentType, algorithm].map((element) => element?.raw);
  const [id = gone(), number = gone(), infos = gone(), inner = gone(), cipher = gone()] = raw;
  const message = encodeSequence(number, infos, encodeSequence(inner, cipher));
  return encodeSequence(id, encode(contextTag(0), message));
}

function gone(): never {
  throw new Error('no EnvelopedData');
}

/** A request to open each document, whose envelopes are to `certificate`; base64. */
export function requestsFor(
  certificate: Uint8Array,
  of: readonly DocumentDigest[] = documents,
): readonly string[] {
  return of.map((document) => {
    const envelope = envelopeOf(document, certificate);
    return toBase64(encodeRequest({ document: document.sm3, envelope }));
  });
}

/** What was wrapped to a one-time key, hexadecimal. */
export const unwrap = (
  { privateKey }: Pick<Sm2KeyPair, 'privateKey'>,
  key: string | null | undefined,
): string => toHex(decryptSm2(privateKey, fromBase64(key ?? '')));

export interface AskedToOpen {
  readonly handle: RelayHandle;
  readonly pending: PendingOpening;
  readonly identity: SignerIdentity;
  readonly requests: readonly string[];
  /** As the window shows it; undefined where the phone shows none. */
  readonly number: string | undefined;
}

/** A session up to the requests to open. */
export async function askedToOpen(
  platform: QrPlatform,
  bench: RelayBench,
  subscriber: TestSubscriber,
  request = openingRequest(),
): Promise<AskedToOpen> {
  const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
  const pending = await bench.scanOpening(handle.qr);
  await bench.phone.identifyForBid(pending, subscriber.bidIdentity);
  const identity = await platform.identity(handle, request, bench.environment, never);
  const requests = requestsFor(subscriber.pair.encryption);
  const number = await platform.submit(handle, request, requests, bench.environment, never);
  return { handle, pending, identity, requests, number };
}

/** A session up to the opened keys. */
export async function opened(
  platform: QrPlatform,
  bench: RelayBench,
  subscriber: TestSubscriber,
  request = openingRequest(),
): Promise<AskedToOpen> {
  const asked = await askedToOpen(platform, bench, subscriber, request);
  const what = await bench.phone.untilToOpen(asked.pending);
  await bench.phone.open(asked.pending, subscriber.encryptionCredential, what.requests);
  return asked;
}
