import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { generateSm2KeyPair, signSm2, sm2PublicKey } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { enrol } from '../../../src/sandbox/phone/enrolment.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import { renewEncryption } from '../../../src/sandbox/phone/renewal.ts';
import { openVault, vaultHolder, type Holder, type VaultStorage } from '../../../src/sandbox/phone/vault.ts';
import { createSiteClient } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

const pin = '123456';
const organisation = '粤西示例市政工程有限公司';

let world: TestWorld;
let here: Fetch;
let storage: VaultStorage;
beforeEach(async () => {
  world = await startTestWorld();
  here = (path, init) => fetch(world.phoneOrigin + path, init);
  const stored = new Map<string, string>();
  storage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  };
});
afterEach(() => world.close());

const publicKeyIn = ({ encryptionCertificate = '' }: Holder): string =>
  toHex(parseCertificate(fromBase64(encryptionCertificate)).publicKey);

async function storedPublicKey(): Promise<string> {
  const { encryption } = await openVault(storage, pin);
  return toHex(sm2PublicKey(encryption ?? new Uint8Array()));
}

describe('a renewal that the authority refuses', () => {
  async function renewal(change: Readonly<Record<string, unknown>>): Promise<number> {
    const holder = await enrol(here, storage, { organisation, pin });
    const { signing } = await openVault(storage, pin);
    const encryptionPublicKey = generateSm2KeyPair().publicKey;
    const certificate = fromBase64(holder.signingCertificate);
    const lines = ['renew', toHex(sm3(certificate)), toHex(encryptionPublicKey)];
    const body = {
      signingCertificate: holder.signingCertificate,
      encryptionPublicKey: toBase64(encryptionPublicKey),
      proof: toBase64(signSm2(signing, utf8(lines.join('\n')))),
      ...change,
    };
    return (await createSiteClient(world.phoneOrigin).post('/renew', body)).status;
  }

  it.each([
    [
      'a key that the holder did not sign',
      { encryptionPublicKey: toBase64(generateSm2KeyPair().publicKey) },
      403,
    ],
    ['a proof that is no signature', { proof: 'MAA=' }, 403],
    ['a certificate that was enrolled nowhere', { signingCertificate: 'MAA=' }, 403],
    ['no certificate', { signingCertificate: undefined }, 400],
    ['a key that is not base64', { encryptionPublicKey: '!' }, 400],
    ['no proof', { proof: undefined }, 400],
  ])('has %s', async (_, change, status) => {
    expect(await renewal(change)).toBe(status);
  });

  it('is none that is sound', async () => {
    expect(await renewal({})).toBe(201);
  });
});

describe('a renewal on the phone', () => {
  it('needs the PIN', async () => {
    const before = await enrol(here, storage, { organisation, pin });
    const wishes = { pin: '654321', sameKey: true };
    await expect(renewEncryption(here, storage, wishes)).rejects.toMatchObject({ code: 'wrongPin' });
    expect(vaultHolder(storage)).toEqual(before);
  });

  it('leaves everything as it was when the authority cannot be reached', async () => {
    const before = await enrol(here, storage, { organisation, pin });
    const gone: Fetch = () => Promise.reject(new Error('gone'));
    await expect(renewEncryption(gone, storage, { pin, sameKey: false })).rejects.toMatchObject({
      code: 'enrolmentRefused',
    });
    expect(vaultHolder(storage)).toEqual(before);
    expect(await storedPublicKey()).toBe(publicKeyIn(before));
  });

  it.each([true, false])('keeps the key if wished: %s', async (sameKey) => {
    const before = await enrol(here, storage, { organisation, pin });
    const after = await renewEncryption(here, storage, { pin, sameKey });
    expect(after).toEqual({ ...before, encryptionCertificate: after.encryptionCertificate });
    expect(after.encryptionCertificate).not.toBe(before.encryptionCertificate);
    expect(publicKeyIn(after) === publicKeyIn(before)).toBe(sameKey);
    expect(await storedPublicKey()).toBe(publicKeyIn(after));
    expect(vaultHolder(storage)).toEqual(after);
  });
});

describe('a phone with a signing certificate alone', () => {
  it('has neither certificate nor key for encryption', async () => {
    const holder = await enrol(here, storage, { organisation, pin, withoutEncryption: true });
    expect(holder).not.toHaveProperty('encryptionCertificate');
    const keys = await openVault(storage, pin);
    expect([keys.signing.length, keys.encryption]).toEqual([32, undefined]);
  });

  it('has no key to keep', async () => {
    await enrol(here, storage, { organisation, pin, withoutEncryption: true });
    await expect(renewEncryption(here, storage, { pin, sameKey: true })).rejects.toMatchObject({
      code: 'enrolmentRefused',
    });
  });

  it('gets its first encryption certificate later', async () => {
    await enrol(here, storage, { organisation, pin, withoutEncryption: true });
    const holder = await renewEncryption(here, storage, { pin, sameKey: false });
    expect(await storedPublicKey()).toBe(publicKeyIn(holder));
  });
});
