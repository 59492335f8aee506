import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openssl } from './openssl.ts';
import { asn1At, asn1Tree, type Asn1Node } from './sm2-judges.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

/** Whose certificate an envelope is for. */
export interface Holder {
  /** DER. */
  readonly certificate: Uint8Array;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

export function certificatePem(certificate: Uint8Array): string {
  return pem('CERTIFICATE', certificate);
}

/** ECPrivateKey (RFC 5915) of an SM2 key of 32 bytes; openssl finds the public key itself. */
export function sm2KeyPem(privateKey: Uint8Array): string {
  const curve = element(0x06, Buffer.from('2a811ccf5501822d', 'hex'));
  const version = element(0x02, Uint8Array.of(1));
  return pem('EC PRIVATE KEY', element(0x30, version, element(0x04, privateKey), element(0xa0, curve)));
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** One DER element. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const digits = content.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const prefix = content.length < 0x80 ? [] : [0x80 + length.length];
  return Buffer.concat([Uint8Array.of(tag, ...prefix), length, content]);
}

const gmEnvelopedData = '1.2.156.10197.6.1.4.2.3';
const pkcs7EnvelopedData = Buffer.from('2a864886f70d010703', 'hex');
const pkcs7Data = Buffer.from('2a864886f70d010701', 'hex');

/**
 * The content that `openssl cms -decrypt` finds in an EnvelopedData, which it knows under the names of RFC 5652 alone:
 * under those of GM/T 0010 it is rewritten first, as `FORMAT.md` says.
 * @throws Error with openssl's complaint
 */
export async function openEnvelopeByOpenssl(message: Uint8Array, holder: Holder): Promise<Uint8Array> {
  const contentInfo = await asn1Tree(message);
  const isGm = asn1At(contentInfo, 0).value === gmEnvelopedData;
  const folder = await createTemporaryFolder('ca-bridge-cms-');
  const path = (name: string) => join(folder.path, name);
  try {
    await writeFile(path('message'), isGm ? underPkcs7Names(contentInfo) : message);
    await writeFile(path('certificate'), certificatePem(holder.certificate));
    await writeFile(path('key'), sm2KeyPem(holder.privateKey));
    const files = ['-in', path('message'), '-recip', path('certificate'), '-inkey', path('key')];
    await openssl(['cms', '-decrypt', '-binary', '-inform', 'DER', ...files, '-out', path('content')]);
    return new Uint8Array(await readFile(path('content')));
  } finally {
    await folder.remove();
  }
}

function underPkcs7Names(contentInfo: Asn1Node): Uint8Array {
  const [version, recipientInfos] = [asn1At(contentInfo, 1, 0, 0), asn1At(contentInfo, 1, 0, 1)];
  const [, ...rest] = asn1At(contentInfo, 1, 0, 2).children.map(({ raw }) => raw);
  const info = element(0x30, element(0x06, pkcs7Data), ...rest);
  const envelopedData = element(0x30, version.raw, recipientInfos.raw, info);
  return element(0x30, element(0x06, pkcs7EnvelopedData), element(0xa0, envelopedData));
}

/** A message whose key `openssl pkeyutl` and whose content `openssl enc` encrypted: its `cms` cannot, for SM2. */
export interface OpensslEncryption {
  /** SM2Cipher, DER. */
  readonly encryptedKey: Uint8Array;
  /** 16 bytes. */
  readonly iv: Uint8Array;
  /** SM4-CBC with padding. */
  readonly encryptedContent: Uint8Array;
}

/** Encrypts a content to a certificate's key with nothing but `openssl`. */
export async function opensslEncrypts(
  content: Uint8Array,
  certificate: Uint8Array,
): Promise<OpensslEncryption> {
  const folder = await createTemporaryFolder('ca-bridge-cms-');
  const path = (name: string) => join(folder.path, name);
  try {
    const key = await openssl(['rand', '16']);
    const iv = await openssl(['rand', '16']);
    await writeFile(path('key'), key);
    await writeFile(
      path('public'),
      await openssl(['x509', '-inform', 'DER', '-noout', '-pubkey'], certificate),
    );
    const encryptedKey = await openssl([
      'pkeyutl',
      '-encrypt',
      '-pubin',
      '-inkey',
      path('public'),
      '-in',
      path('key'),
    ]);
    const secrets = ['-K', key.toString('hex'), '-iv', iv.toString('hex')];
    return { encryptedKey, iv, encryptedContent: await openssl(['enc', '-sm4-cbc', ...secrets], content) };
  } finally {
    await folder.remove();
  }
}
