import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, test } from 'vitest';
import {
  readPrivateKey,
  type AskPassphrase,
} from '../../../../../src/clients/command-line/keys/read-private-key.ts';
import { parseCertificate, type Certificate } from '../../../../../src/gm/certificate.ts';
import { element, sm2KeyPem } from '../../../../support/cms-judges.ts';
import { openssl } from '../../../../support/openssl.ts';
import { issueRoot, issueSubscriber, type Credential } from '../../../gm/test-pki.ts';
import { openDesk, type Desk } from '../files/desk.ts';

const owner: Credential = issueSubscriber(issueRoot(), 'encryption');
const certificate: Certificate = parseCertificate(owner.certificate);
const sec1Pem = sm2KeyPem(owner.privateKey);
const nobody: AskPassphrase = () => Promise.resolve(undefined);
const saying = (passphrase: string) => () => Promise.resolve(Uint8Array.from(Buffer.from(passphrase)));

const derOf = (pem: string) => Buffer.from(pem.replaceAll(/-----[^\n]*-----|\s/g, ''), 'base64');
const pemOf = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
const pkcs8 = async (options: readonly string[] = ['-nocrypt']) =>
  (await openssl(['pkcs8', '-topk8', ...options], sec1Pem)).toString();
const encrypted = (...options: readonly string[]) => pkcs8(['-passout', 'pass:口令 1', ...options]);

async function read(content: Uint8Array | string, ask = nobody) {
  const desk = await openDesk();
  return readPrivateKey(await desk.put('key', content), certificate, ask);
}

let plainPkcs8: string;
beforeAll(async () => {
  plainPkcs8 = await pkcs8();
});

describe('what is no key of the certificate is refused', () => {
  test.each<[string, () => Promise<Uint8Array | string> | Uint8Array | string, string]>([
    ['nothing', () => '', 'keyUnreadable'],
    ['noise', () => randomBytes(200), 'keyUnreadable'],
    ['a certificate', () => owner.certificate, 'keyUnreadable'],
    ['PEM without a key', () => pemOf('CERTIFICATE', owner.certificate), 'keyUnreadable'],
    ['PEM that is cut', () => sec1Pem.slice(0, 100), 'keyUnreadable'],
    ['PEM of noise', () => pemOf('PRIVATE KEY', randomBytes(100)), 'keyUnreadable'],
    ['base64 with other characters', () => sec1Pem.replace('\nM', '\n*M'), 'keyUnreadable'],
    ['DER with bytes behind it', () => Buffer.concat([derOf(sec1Pem), Buffer.alloc(1)]), 'keyUnreadable'],
    ['more than any key', () => Buffer.concat([derOf(sec1Pem), Buffer.alloc(70_000)]), 'keyUnreadable'],
    [
      'a key of another curve',
      async () => openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']),
      'keyUnreadable',
    ],
    ['an RSA key', async () => openssl(['genpkey', '-algorithm', 'RSA']), 'keyUnreadable'],
    ['a key of 31 bytes', () => sm2KeyPem(owner.privateKey.subarray(1)), 'keyUnreadable'],
    ['zero', () => sm2KeyPem(new Uint8Array(32)), 'keyNotOfCertificate'],
    ['a number above the order', () => sm2KeyPem(new Uint8Array(32).fill(0xff)), 'keyNotOfCertificate'],
    ['somebody else’s', async () => openssl(['genpkey', '-algorithm', 'SM2']), 'keyNotOfCertificate'],
    [
      'encryption of the old kind',
      async () => openssl(['ec', '-aes128', '-passout', 'pass:x'], sec1Pem),
      'keyUnreadable',
    ],
    ['a key from scrypt', () => encrypted('-scrypt'), 'keyEncryptionUnknown'],
    ['a cipher of the last century', () => encrypted('-v1', 'PBE-SHA1-3DES'), 'keyEncryptionUnknown'],
  ])('%s', async (_, make, problem) => {
    await expect(read(await make(), saying('口令 1'))).rejects.toMatchObject({ problem });
  });

  it('a file that is not there, or a folder', async () => {
    const desk = await openDesk();
    const problemOf = (path: string) =>
      readPrivateKey(path, certificate, nobody).catch(({ problem }) => problem);
    expect(await problemOf(desk.path('none'))).toBe('inputMissing');
    expect(await problemOf(desk.folder)).toBe('inputNotAFile');
  });
});

describe('a key that needs a passphrase', () => {
  test.each(['', '口令', '口令 2', '口令 1\n', 'x'.repeat(4_000)])('is not opened by %j', async (wrong) => {
    const key = await encrypted();
    await expect(read(key, saying(wrong))).rejects.toMatchObject({ problem: 'passphraseWrong' });
  });

  it('is told where there is nobody to ask', async () => {
    await expect(read(await encrypted())).rejects.toMatchObject({ problem: 'passphraseMissing' });
  });

  test.each([
    [[]],
    [['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1']],
    [['-v2', 'aes-192-cbc', '-v2prf', 'hmacWithSHA384']],
    [['-v2', 'des3', '-v2prf', 'hmacWithSHA512']],
    [['-v2', 'sm4-cbc', '-iter', '100000']],
  ])('that openssl encrypted with %j is opened', async (options) => {
    const pem = await encrypted(...options);
    expect(await read(pem, saying('口令 1'))).toEqual(owner.privateKey);
    expect(await read(derOf(pem), saying('口令 1'))).toEqual(owner.privateKey);
  });

  test.each(['2a811ccf5501831102', '2a811ccf550183110301'])(
    'that was encrypted with SM3 and SM4 under the name %s is opened',
    async (prf) => {
      expect(await read(sm3Sm4(prf), saying('口令 1'))).toEqual(owner.privateKey);
    },
  );

  it('is no longer asked for when it is not encrypted', async () => {
    const asking = () => Promise.reject(new Error('asked'));
    expect(await read(plainPkcs8, asking)).toEqual(owner.privateKey);
  });

  it('has its passphrase overwritten, whatever comes of it', async () => {
    const key = await encrypted();
    for (const text of ['口令 1', 'wrong']) {
      const passphrase = Uint8Array.from(Buffer.from(text));
      await read(key, () => Promise.resolve(passphrase)).catch(() => undefined);
      expect([...passphrase].every((byte) => byte === 0)).toBe(true);
    }
  });
});

describe('a key is read', () => {
  test.each<[string, () => Promise<Uint8Array | string> | Uint8Array | string]>([
    ['from SEC1, PEM', () => sec1Pem],
    ['from SEC1, DER', () => derOf(sec1Pem)],
    ['from PKCS#8, PEM', () => plainPkcs8],
    ['from PKCS#8, DER', () => derOf(plainPkcs8)],
    ['as openssl writes SEC1 today', () => openssl(['ec'], sec1Pem)],
    ['behind other blocks', async () => `notes\n${pemOf('CERTIFICATE', owner.certificate)}${plainPkcs8}`],
    ['with the line ends of Windows', () => plainPkcs8.replaceAll('\n', '\r\n')],
  ])('%s', async (_, make) => {
    expect(await read(await make())).toEqual(owner.privateKey);
  });

  it('and its file stays as it is', async () => {
    const desk: Desk = await openDesk();
    const path = desk.path('key');
    await writeFile(path, sec1Pem);
    await readPrivateKey(path, certificate, nobody);
    expect(await readFile(path, 'utf8')).toBe(sec1Pem);
  });
});

/** EncryptedPrivateKeyInfo of PBES2 with HMAC-SM3, which the openssl at hand cannot write. */
function sm3Sm4(prf: string): Uint8Array {
  const [salt, iv] = [randomBytes(8), randomBytes(16)];
  const cipher = createCipheriv('sm4-cbc', pbkdf2Sync('口令 1', salt, 2_048, 16, 'sm3'), iv);
  const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
  const iterations = element(0x02, Uint8Array.of(0x08, 0x00));
  const derivation = element(
    0x30,
    oid('2a864886f70d01050c'),
    element(
      0x30,
      element(0x04, salt),
      iterations,
      element(0x02, Uint8Array.of(16)),
      element(0x30, oid(prf), element(0x05)),
    ),
  );
  const scheme = element(0x30, oid('2a811ccf55016802'), element(0x04, iv));
  const algorithm = element(0x30, oid('2a864886f70d01050d'), element(0x30, derivation, scheme));
  return element(0x30, algorithm, element(0x04, cipher.update(derOf(plainPkcs8)), cipher.final()));
}
