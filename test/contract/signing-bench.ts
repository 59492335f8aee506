import {
  encodeBitString,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeSequence,
  encodeUnsignedInteger,
} from '../../src/gm/der-encode.ts';
import { oid } from '../../src/gm/object-identifiers.ts';
import { encodeSignedAttributes } from '../../src/gm/signed-attributes.ts';
import { sm3 } from '../../src/gm/sm3.ts';
import { toBase64, toHex, utf8 } from '../../src/lib/bytes.ts';
import type {
  RelayHandle,
  QrPlatform,
  SignerIdentity,
  SigningRequest,
} from '../../src/platforms/platform.ts';
import type { PendingSigning } from '../../src/sandbox/phone/phone-agent.ts';
import type { TestSubscriber } from '../support/test-subscriber.ts';
import { siteOrigin, type RelayBench } from './relay-bench.ts';

export const never = new AbortController().signal;

const contents = ['abc', 'abcd'.repeat(16)];

/** Two documents of a site. */
export function signingRequest(scene: SigningRequest['scene'] = 'signature'): SigningRequest {
  const documents = contents.map((content, index) => ({
    name: `投标文件 ${index + 1}.pdf`,
    size: content.length,
    sm3: toHex(sm3(utf8(content))),
  }));
  return { scene, origin: siteOrigin, documents };
}

/** Signed attributes over a content, as the signature client prepares them. */
export function attributesOver(content: Uint8Array): Uint8Array {
  return encodeSignedAttributes({
    contentType: oid.gmData,
    messageDigest: sm3(content),
    signingTime: new Date('2026-01-01T00:00:00Z'),
  });
}

/** What the phone is to sign for both documents, base64. */
export const partsToSign: readonly string[] = contents.map((content) =>
  toBase64(attributesOver(utf8(content))),
);

/** TBS_Sign (GB/T 38540) with this seal. */
export function sealingWith(seal: Uint8Array, version = 4n): Uint8Array {
  return encodeSequence(
    encodeUnsignedInteger(version),
    seal,
    encodeGeneralizedTime(new Date('2026-01-01T00:00:00Z')),
    encodeBitString(sm3(utf8('abc'))),
    encodeIa5String('/Doc_0/Signs/Sign_0/Signature.xml'),
  );
}

export interface Identified {
  readonly handle: RelayHandle;
  readonly pending: PendingSigning;
}

/** A session up to the phone's identity. */
export async function identified(
  platform: QrPlatform,
  bench: RelayBench,
  subscriber: TestSubscriber,
  request = signingRequest(),
): Promise<Identified> {
  const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
  const pending = await bench.scanSigning(handle.qr);
  await bench.phone.identify(pending, subscriber.identity);
  return { handle, pending };
}

export interface Signed extends Identified {
  readonly identity: SignerIdentity;
}

/** A session up to the phone's signatures. */
export async function signed(
  platform: QrPlatform,
  bench: RelayBench,
  subscriber: TestSubscriber,
  request = signingRequest(),
): Promise<Signed> {
  const { handle, pending } = await identified(platform, bench, subscriber, request);
  const identity = await platform.identity(handle, request, bench.environment, never);
  await platform.submit(handle, request, partsToSign, bench.environment, never);
  const { toBeSigned } = await bench.phone.untilToBeSigned(pending);
  await bench.phone.sign(pending, subscriber.credential, toBeSigned);
  return { handle, pending, identity };
}
