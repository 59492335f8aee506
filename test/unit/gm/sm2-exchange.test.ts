import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sm2 as smCrypto } from 'sm-crypto-v2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeBitString, encodeObjectIdentifier } from '../../../src/gm/der-encode.ts';
import {
  encode,
  encodeOctetString,
  encodeSequence,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { contextTag } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { decryptSm2, encryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import {
  defaultUserId,
  generateSm2KeyPair,
  signSm2,
  verifySm2,
  type Sm2KeyPair,
} from '../../../src/gm/sm2.ts';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { toPem } from './test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

interface Case extends Sm2KeyPair {
  readonly message: Uint8Array;
  readonly path: (name: string) => string;
}

/** Lengths from empty to several blocks, each with a key of its own. */
const lengths = Array.from({ length: 24 }, (_, index) => index * 7);
let folder: TemporaryFolder;
let cases: readonly Case[];

/** ECPrivateKey (RFC 5915) in PEM. */
function privateKeyPem({ privateKey, publicKey }: Sm2KeyPair): string {
  const key = encodeSequence(
    encodeUnsignedInteger(1n),
    encodeOctetString(privateKey),
    encode(contextTag(0), encodeObjectIdentifier(oid.sm2)),
    encode(contextTag(1), encodeBitString(publicKey)),
  );
  return toPem('EC PRIVATE KEY', key);
}

/** Two at a time: the machine may have no more processors. */
async function forEachCase(run: (one: Case) => Promise<void>): Promise<void> {
  const queue = [...cases];
  const worker = async (): Promise<void> => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) await run(one);
  };
  await Promise.all([worker(), worker()]);
}

const sm3WithId = ['-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${defaultUserId}`];

beforeAll(async () => {
  folder = await createTemporaryFolder();
  cases = lengths.map((length, index) => ({
    ...generateSm2KeyPair(),
    message: new Uint8Array(randomBytes(length)),
    path: (name) => join(folder.path, `${index}.${name}`),
  }));
  for (const one of cases) {
    await writeFile(one.path('key'), privateKeyPem(one));
    await writeFile(one.path('message'), one.message);
  }
}, 60_000);

afterAll(() => folder.remove());

describe('with the openssl command, over random keys and messages', () => {
  it('OpenSSL verifies what we sign', async () => {
    let verified = 0;
    await forEachCase(async ({ privateKey, message, path }) => {
      await writeFile(path('ours'), signSm2(privateKey, message));
      const files = ['-inkey', path('key'), '-in', path('message'), '-sigfile', path('ours')];
      const said = await openssl(['pkeyutl', '-verify', ...files, ...sm3WithId]);
      if (said.includes('Verified Successfully')) verified += 1;
    });
    expect(verified).toBe(lengths.length);
  });

  it('we verify what OpenSSL signs', async () => {
    const verdicts: boolean[] = [];
    await forEachCase(async ({ publicKey, message, path }) => {
      const files = ['-inkey', path('key'), '-in', path('message')];
      const signature = await openssl(['pkeyutl', '-sign', ...files, ...sm3WithId]);
      verdicts.push(verifySm2(publicKey, message, new Uint8Array(signature)));
    });
    expect(verdicts).toEqual(lengths.map(() => true));
  });

  it('either decrypts what the other encrypts', async () => {
    const exchanged: string[] = [];
    await forEachCase(async ({ privateKey, publicKey, message, path }) => {
      if (message.length === 0) return;
      await writeFile(path('cipher'), encryptSm2(publicKey, message));
      const theirs = await openssl(['pkeyutl', '-decrypt', '-inkey', path('key'), '-in', path('cipher')]);
      const cipher = await openssl(['pkeyutl', '-encrypt', '-inkey', path('key'), '-in', path('message')]);
      const ours = decryptSm2(privateKey, new Uint8Array(cipher));
      exchanged.push(`${theirs.equals(message)} ${toHex(ours) === toHex(message)}`);
    });
    expect(exchanged).toEqual(lengths.slice(1).map(() => 'true true'));
  });
});

describe('with another implementation in TypeScript', () => {
  it('signatures hold both ways', () => {
    for (const { privateKey, publicKey, message } of cases) {
      const publicHex = toHex(publicKey);
      const ours = toHex(signSm2(privateKey, message));
      const theirs = smCrypto.doSignature(message, toHex(privateKey), { der: true, hash: true });
      expect(smCrypto.doVerifySignature(message, ours, publicHex, { der: true, hash: true })).toBe(true);
      expect(verifySm2(publicKey, message, fromHex(theirs))).toBe(true);
    }
  });

  it('ciphertexts open both ways', () => {
    for (const { privateKey, publicKey, message } of cases.slice(1)) {
      const cipher = toHex(encryptSm2(publicKey, message));
      const opened = smCrypto.doDecrypt(cipher, toHex(privateKey), 1, { output: 'array', asn1: true });
      const theirs = smCrypto.doEncrypt(message, toHex(publicKey), 1, { asn1: true });
      expect(opened).toEqual(message);
      expect(decryptSm2(privateKey, fromHex(theirs))).toEqual(message);
    }
  });
});
