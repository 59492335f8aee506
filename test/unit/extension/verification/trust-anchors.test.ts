import { expect, test } from 'vitest';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import { readAnchorFile } from '../../../../src/extension/verification/trust-anchors.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';

const authority = createAuthority(Date.now);
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\r\n${toBase64(der).replaceAll(/.{64}/g, '$&\r\n')}\r\n-----END CERTIFICATE-----\r\n`;
const read = (...parts: (string | Uint8Array)[]) => readAnchorFile(new Blob(parts as BlobPart[]));

test.each([
  ['an empty file', ''],
  ['text', 'hello'],
  ['a key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
  ['PEM of no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ['a certificate that is cut off', authority.root.slice(0, -1)],
  ['a certificate with something behind it', new Uint8Array([...authority.root, 0])],
  ['a file of megabytes', new Uint8Array(2_000_000)],
])('%s is refused', async (_, content) => {
  await expect(read(content)).rejects.toBeInstanceOf(Error);
});

test('the certificate of a subscriber is no anchor', async () => {
  const { publicKey } = generateSm2KeyPair();
  const keys = { signingPublicKey: publicKey, encryptionPublicKey: publicKey };
  const { signing } = authority.issuePair({ organisation: '某某公司', ...keys });
  await expect(read(signing)).rejects.toThrow('authority');
});

test('one good certificate does not carry a bad one in', async () => {
  await expect(read(pem(authority.root), pem(authority.root.slice(4)))).rejects.toBeInstanceOf(Error);
});

test('a root is read from DER, and several from PEM, with subject, validity and SM3', async () => {
  const [anchor] = await read(authority.root);
  expect(anchor).toMatchObject({
    certificate: toBase64(authority.root),
    fingerprint: authority.fingerprint,
    subject: expect.stringMatching(/测试|TEST/),
  });
  expect(await read('# roots\n', pem(authority.root), pem(authority.issuer))).toHaveLength(2);
});
