/**
 * The envelopes of `src/clients/encryption/FORMAT.md`, made and opened with node:crypto and a library for SM2 that the
 * product does not use.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { element } from './cms-judges.ts';

interface Element {
  readonly raw: Buffer;
  readonly content: Buffer;
}

/** Elements of a DER encoding, one after the other. */
function elements(der: Uint8Array): Element[] {
  const bytes = Buffer.from(der);
  const found: Element[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const first = bytes.readUInt8(offset + 1);
    const more = first < 0x80 ? 0 : first - 0x80;
    const start = offset + 2 + more;
    const end = start + (more === 0 ? first : bytes.readUIntBE(offset + 2, more));
    found.push({ raw: bytes.subarray(offset, end), content: bytes.subarray(start, end) });
    offset = end;
  }
  return found;
}

/** The element that lies on this path of positions. */
function at(der: Uint8Array, ...path: readonly number[]): Element {
  return path.reduce(
    (parent: Element, index) => {
      const child = elements(parent.content)[index];
      if (child === undefined) throw new Error('DER of another structure');
      return child;
    },
    { raw: Buffer.from(der), content: Buffer.from(der) },
  );
}

const oid = (hex: string): Uint8Array => element(0x06, Buffer.from(hex, 'hex'));

/** An envelope of `FORMAT.md` for a certificate's key (DER both); SM2 by a library that the product does not use. */
export function sealEnvelopeFor(contentKey: Uint8Array, certificate: Uint8Array): Uint8Array {
  const serialNumber = at(certificate, 0, 0, 1).raw;
  const issuer = at(certificate, 0, 0, 3).raw;
  const publicKey = at(certificate, 0, 0, 6, 1).content.subarray(1).toString('hex');
  const [key, iv] = [randomBytes(16), randomBytes(16)];
  const sm4 = createCipheriv('sm4-cbc', key, iv);
  const encryptedKey = Buffer.from(sm2.doEncrypt(key, publicKey, 1, { asn1: true }), 'hex');
  const recipientInfo = element(
    0x30,
    element(0x02, Uint8Array.of(1)),
    element(0x30, issuer, serialNumber),
    element(0x30, oid('2a811ccf5501822d03')),
    element(0x04, encryptedKey),
  );
  const encryptedContentInfo = element(
    0x30,
    oid('2a811ccf550601040201'),
    element(0x30, oid('2a811ccf55016802'), element(0x04, iv)),
    element(0x80, sm4.update(contentKey), sm4.final()),
  );
  const version = element(0x02, Uint8Array.of(1));
  const envelopedData = element(0x30, version, element(0x31, recipientInfo), encryptedContentInfo);
  return element(0x30, oid('2a811ccf550601040203'), element(0xa0, envelopedData));
}

/** K out of an envelope of one recipient, by that recipient's private key (32 bytes). */
export function openEnvelopeWith(privateKey: Uint8Array, envelope: Uint8Array): Buffer {
  const envelopedData = at(envelope, 0, 1, 0).raw;
  const encryptedKey = at(envelopedData, 0, 1, 0, 3).content.toString('hex');
  const privateHex = Buffer.from(privateKey).toString('hex');
  const key = sm2.doDecrypt(encryptedKey, privateHex, 1, { output: 'array', asn1: true });
  const iv = at(envelopedData, 0, 2, 1, 1).content;
  const sm4 = createDecipheriv('sm4-cbc', key, iv);
  return Buffer.concat([sm4.update(at(envelopedData, 0, 2, 2).content), sm4.final()]);
}
